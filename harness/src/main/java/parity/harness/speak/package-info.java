/**
 * Speaking on the command line: what a person asks for, where the sound goes, and what is said of
 * it.
 *
 * <p>No sound is made here; that is the model's.
 */
@NullMarked
package parity.harness.speak;

import org.jspecify.annotations.NullMarked;
