/**
 * Files of tensors by format: safetensors and NumPy's; {@link parity.tensors.format.TensorFiles}
 * opens any.
 *
 * <p>Nothing here knows what the tensors are for.
 */
@NullMarked
package parity.tensors.format;

import org.jspecify.annotations.NullMarked;
