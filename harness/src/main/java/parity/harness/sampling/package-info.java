/**
 * How the native side draws tokens from Python's log-probabilities or its own, and how near a
 * choice was to another.
 *
 * <p>Nothing here judges, or runs the language model by other means than its own generator.
 */
@NullMarked
package parity.harness.sampling;

import org.jspecify.annotations.NullMarked;
