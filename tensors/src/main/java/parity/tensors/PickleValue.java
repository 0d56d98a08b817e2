package parity.tensors;

import java.util.List;
import java.util.Map;

/** All that can come out of the pickle of a {@code state_dict}. */
sealed interface PickleValue {
  record Str(String value) implements PickleValue {}

  record Int(long value) implements PickleValue {}

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /**
   * A dict that is still being filled.
   *
   * @param named what stands under a text
   * @param others what stands under any other key
   */
  record Dict(Map<String, PickleValue> named, List<PickleValue> others) implements PickleValue {}

  /** A {@code torch.FloatStorage} and the like: what a storage's elements are. */
  record StorageType(DType dtype) implements PickleValue {}

  /** Elements in a member of the zip file, called {@code data/<key>}. */
  record Storage(DType dtype, String key, long elements) implements PickleValue {}

  record TorchTensor(Storage storage, StridedView view) implements PickleValue {}

  /** The functions that a {@code state_dict} asks for. */
  enum Function implements PickleValue {
    ORDERED_DICT,
    REBUILD_TENSOR,
    REBUILD_PARAMETER
  }

  /** Values that may be there but tell nothing about a tensor. */
  enum Ignored implements PickleValue {
    NONE,
    BOOLEAN,
    FLOAT,
    LIST
  }

  /** What it is, for messages. */
  default String kind() {
    return switch (this) {
      case Str s -> "the text " + Text.quote(s.value());
      case Int i -> "the number " + i.value();
      case Tuple t -> "a tuple of " + t.items().size();
      case Dict d -> "a dict";
      case StorageType t -> "a storage type";
      case Storage s -> "a storage";
      case TorchTensor t -> "a tensor";
      case Function f -> "a function";
      case Ignored.NONE -> "None";
      case Ignored.BOOLEAN -> "a boolean";
      case Ignored.FLOAT -> "a number";
      case Ignored.LIST -> "a list";
    };
  }
}
