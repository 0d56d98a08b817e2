package parity.harness.regime;

import java.util.function.ToLongFunction;

/**
 * Something that upstream does with some inputs and not with others.
 *
 * @param <E> what tells how often it happened
 * @param name as reports and the file of {@code --require-regimes} call it
 * @param upstream where upstream does it: file and line below {@code cosyvoice/}
 * @param howTo how to get a capture in which it happens
 */
record Regime<E>(String name, String upstream, String howTo, ToLongFunction<E> counter) {}
