/**
 * Tests of the command line: what is understood, what is refused, and in which words.
 *
 * <p>What a verb computes is tested beside what computes it.
 */
@NullMarked
package parity.harness.cli.options;

import org.jspecify.annotations.NullMarked;
