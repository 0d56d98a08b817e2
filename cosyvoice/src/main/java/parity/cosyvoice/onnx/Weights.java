package parity.cosyvoice.onnx;

import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** Where a graph finds the weights of a part of the model, by their {@code state_dict} names. */
public interface Weights extends InPlace {
  /** Where the weights come from, for messages. */
  String source();

  /**
   * The tensor of that name.
   *
   * @throws BadInputException if there is none; the message names file and tensor
   */
  Tensor get(String name);

  /**
   * The float32 tensor of that name and shape.
   *
   * @param dims what the configuration makes of its axes, none for a scalar
   * @throws BadInputException if there is none, or it is of another type or shape; the message
   *     names file, tensor, what it is and what was expected
   */
  default Tensor expect(String name, long... dims) {
    Tensor tensor = get(name);
    Shape expected = Shape.of(dims);
    if (tensor.dtype() != DType.F32 || !tensor.shape().equals(expected)) {
      throw new BadInputException(
          "%s: tensor %s is %s, but the configuration makes it F32 %s; take both from one model"
              .formatted(source(), name, tensor, expected));
    }
    return tensor;
  }

  /** Whether there is a tensor of that name. */
  boolean contains(String name);

  /**
   * Where the tensor's bytes stand in a file, if they stand there as the graph needs them: float32,
   * contiguous, row-major.
   */
  Optional<FileSlice> slice(String name);
}
