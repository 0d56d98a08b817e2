/**
 * What a tensor is: shape, element type and memory, and what a file of tensors offers.
 *
 * <p>Nothing here reads a file, knows of any model, or compares two tensors.
 */
@NullMarked
package parity.tensors;

import org.jspecify.annotations.NullMarked;
