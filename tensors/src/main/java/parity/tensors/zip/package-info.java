/**
 * Zip archives of stored and deflated members, as PyTorch and NumPy write them, checked before use.
 *
 * <p>Nothing here knows what a member means.
 */
@NullMarked
package parity.tensors.zip;

import org.jspecify.annotations.NullMarked;
