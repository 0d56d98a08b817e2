package parity.tensors.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.StridedView;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Bool;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Storage;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.pickle.PickleValue.Tuple;

/**
 * Tensors of the arguments that {@code _rebuild_tensor_v2} and {@code _rebuild_tensor_v3} of
 * PyTorch's {@code torch/_utils.py} take.
 */
final class TorchTensors {
  private final MappedFile file;

  /**
   * Tensors of one file.
   *
   * @param file for messages
   */
  TorchTensors(MappedFile file) {
    this.file = file;
  }

  /** {@code (storage, offset, size, stride, requires_grad, backward_hooks, dtype[, metadata])}. */
  TorchTensor typedTensor(List<PickleValue> arguments) {
    if (arguments.size() >= 7 && arguments.get(6) instanceof ElementType type) {
      List<PickleValue> rest = new ArrayList<>(arguments);
      rest.remove(6);
      return tensor(rest, Optional.of(type));
    }
    throw file.bad(
        "makes a tensor of something other than (storage, offset, size, stride, requires_grad,"
            + " hooks, dtype, ...)");
  }

  /** {@code (storage, offset, size, stride, requires_grad, backward_hooks[, metadata])}. */
  TorchTensor tensor(List<PickleValue> arguments, Optional<ElementType> type) {
    if (arguments.size() >= 6
        && arguments.size() <= 7
        && arguments.get(0) instanceof Storage storage
        && arguments.get(1) instanceof Int(long offset)
        && arguments.get(2) instanceof Tuple(List<PickleValue> size)
        && arguments.get(3) instanceof Tuple(List<PickleValue> stride)) {
      List<Long> dims = counts(size);
      List<Long> strides = counts(stride);
      if (offset >= 0 && dims.size() == strides.size()) {
        PickleValue bits = arguments.size() == 7 ? arguments.get(6) : None.NONE;
        return new TorchTensor(
            storage,
            type.orElse(storage.type()),
            new StridedView(shape(dims), offset, strides),
            bit(bits, "neg"),
            bit(bits, "conj"),
            new ArrayList<>());
      }
    }
    throw file.bad("makes a tensor of something other than (storage, offset, size, stride, ...)");
  }

  /** The dict of bits that a lazy view carries; see {@code set_tensor_metadata}. */
  private boolean bit(PickleValue bits, String name) {
    if (bits == None.NONE) {
      return false;
    }
    boolean set = false;
    if (bits instanceof Dict(Map<String, Dict.Item> items, List<PickleValue> states)) {
      for (Dict.Item item : items.values()) {
        if (!(item.key() instanceof Str(String key))
            || !(item.value() instanceof Bool(boolean value))
            || !(key.equals("neg") || key.equals("conj"))) {
          throw file.bad("makes a tensor with a bit other than neg and conj");
        }
        set |= key.equals(name) && value;
      }
      return set;
    }
    throw file.bad("makes a tensor whose bits are " + bits.kind() + ", not a dict");
  }

  private Shape shape(List<Long> dims) {
    try {
      return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          file.path() + ": makes a tensor that cannot be: " + e.getMessage(), e);
    }
  }

  private List<Long> counts(List<PickleValue> values) {
    List<Long> counts = new ArrayList<>();
    for (PickleValue value : values) {
      if (!(value instanceof Int(long count)) || count < 0) {
        throw file.bad("has " + value.kind() + " as a size or stride; expected numbers >= 0");
      }
      counts.add(count);
    }
    return counts;
  }
}
