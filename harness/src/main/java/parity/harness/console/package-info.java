/**
 * What a person at a terminal sees of a stage while it runs: its log and its progress.
 *
 * <p>Nothing here decides a verdict.
 */
@NullMarked
package parity.harness.console;

import org.jspecify.annotations.NullMarked;
