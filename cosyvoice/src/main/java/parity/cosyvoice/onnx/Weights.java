package parity.cosyvoice.onnx;

import java.util.Optional;
import parity.tensors.FileSlice;
import parity.tensors.Tensor;

/** Where a graph finds the weights of a part of the model, by their {@code state_dict} names. */
public interface Weights {
  /**
   * The tensor of that name.
   *
   * @throws parity.tensors.BadInput if there is none; the message names file and tensor
   */
  Tensor get(String name);

  /** Whether there is a tensor of that name. */
  boolean contains(String name);

  /**
   * Where the tensor's bytes stand in a file, if they stand there as the graph needs them: float32,
   * contiguous, row-major.
   */
  Optional<FileSlice> slice(String name);
}
