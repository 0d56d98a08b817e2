/**
 * The random numbers that PyTorch draws on the CPU, to the bit.
 *
 * <p>Nothing here knows what a model draws, or in which order.
 */
@NullMarked
package parity.tensors.random;

import org.jspecify.annotations.NullMarked;
