package parity.tensors.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parity.tensors.DType;
import parity.tensors.StridedView;
import parity.tensors.Text;

/**
 * All that can come out of the pickle of a checkpoint. Containers may hold themselves: they are
 * never hashed, compared or printed but by {@link PickleText}, which knows when to stop.
 */
public sealed interface PickleValue {
  record Str(String value) implements PickleValue {}

  record Int(long value) implements PickleValue {}

  /** A whole number that no long holds. */
  record Big(BigInteger value) implements PickleValue {}

  record Real(double value) implements PickleValue {}

  record Bool(boolean value) implements PickleValue {}

  /** Bytes, each as the character of its number. */
  record Bytes(String latin1) implements PickleValue {}

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /** A list that may still be filled. */
  record Sequence(List<PickleValue> items) implements PickleValue {}

  /** A set that may still be filled. */
  record Members(List<PickleValue> items) implements PickleValue {}

  /**
   * A dict that may still be filled.
   *
   * @param items by what Python tells keys apart by
   * @param states what was set on it as an object
   */
  record Dict(Map<String, Item> items, List<PickleValue> states) implements PickleValue {
    public record Item(PickleValue key, PickleValue value) {}

    public static Dict empty() {
      return new Dict(new LinkedHashMap<>(), new ArrayList<>());
    }
  }

  /**
   * A {@code torch.float32} and the like.
   *
   * @param width bytes of one element
   * @param dtype empty where its elements are not read
   */
  record ElementType(String name, int width, Optional<DType> dtype) implements PickleValue {}

  /** A {@code torch.FloatStorage} and the like; of bytes where the storage itself has no type. */
  record StorageType(ElementType elements) implements PickleValue {}

  /** Elements in a member of the zip file, called {@code data/<key>}. */
  record Storage(ElementType type, String key, long elements) implements PickleValue {}

  /**
   * A tensor on a storage.
   *
   * @param negative whether all elements are to be negated
   * @param conjugate whether all imaginary parts are to be negated
   * @param states what was set on it as an object
   */
  record TorchTensor(
      Storage storage,
      ElementType type,
      StridedView view,
      boolean negative,
      boolean conjugate,
      List<PickleValue> states)
      implements PickleValue {}

  /** A name that stands for itself: a class, a quantisation scheme. */
  record Named(String name) implements PickleValue {}

  /**
   * What a harmless function would have made of its arguments; it is not called.
   *
   * @param states what was set on it as an object
   */
  record Made(TorchFunction function, List<PickleValue> arguments, List<PickleValue> states)
      implements PickleValue {}

  /** A function that is asked for. */
  record Callable(TorchFunction function) implements PickleValue {}

  /** Python's {@code None}. */
  enum None implements PickleValue {
    NONE
  }

  /** What it is, for messages. */
  default String kind() {
    return switch (this) {
      case Str s -> "the text " + Text.quote(s.value());
      case Int i -> "the number " + i.value();
      case Big b -> "the number " + Text.quote(b.value().toString());
      case Real r -> "the number " + r.value();
      case Bool b -> "a boolean";
      case Bytes b -> "bytes";
      case Tuple t -> "a tuple of " + t.items().size();
      case Sequence l -> "a list";
      case Members s -> "a set";
      case Dict d -> "a dict";
      case ElementType e -> "an element type";
      case StorageType t -> "a storage type";
      case Storage s -> "a storage";
      case TorchTensor t -> "a tensor";
      case Named n -> "the name " + n.name();
      case Made m -> "a " + m.function().kind();
      case Callable f -> "a function";
      case None n -> "None";
    };
  }
}
