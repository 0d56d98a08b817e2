/**
 * Python's pickle as data: the machine that rebuilds the values, and the few functions of PyTorch
 * that it may call.
 *
 * <p>Nothing here executes what a pickle names, or reads the bytes of a tensor.
 */
@NullMarked
package parity.tensors.pickle;

import org.jspecify.annotations.NullMarked;
