/**
 * Guesses which tensor of another port is which of a capture, from their numbers, and writes a
 * names file that says so.
 *
 * <p>Nothing here judges.
 */
@NullMarked
package parity.harness.suggest;

import org.jspecify.annotations.NullMarked;
