/**
 * What is in a tensor file: shapes, element types, and tensors on mapped memory.
 *
 * <p>Nothing here knows of any model, of how two tensors are compared, or of ONNX Runtime.
 */
@NullMarked
package parity.tensors;

import org.jspecify.annotations.NullMarked;
