/**
 * The noise that upstream draws once, while it builds the model, and that no checkpoint holds.
 *
 * <p>Nothing here draws anything at inference, and nothing computes a signal.
 */
@NullMarked
package parity.cosyvoice.random;

import org.jspecify.annotations.NullMarked;
