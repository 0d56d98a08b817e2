package parity.harness.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Ways in which a captured tensor can be spoilt while its file stays well formed. */
enum Damage {
  /** One value is 1 more; of truth values one is the other. */
  ONE_MORE,
  /** One value is twice what it was. */
  DOUBLED,
  /** One value is off by a thousandth of the tensor's rms. */
  NUDGED,
  NOT_A_NUMBER,
  DROPPED,
  RENAMED,
  /** The longest axis has lost its last entry. */
  CUT_SHORT,
  /** Has the numbers of another tensor, and the other has its. */
  SWAPPED,
  /** The same numbers in another type. */
  RETYPED;

  /** What is behind the name of a tensor that was renamed. */
  static final String RENAMED_SUFFIX = "_renamed";

  /**
   * Spoils one tensor.
   *
   * @param tensors the file's, by name; changed
   * @return whether there was anything to spoil in this way
   */
  boolean spoil(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(name);
    }
    return switch (this) {
      case ONE_MORE -> put(tensors, name, changed(tensor, name, 1, 1));
      case DOUBLED -> floating(tensor) && put(tensors, name, changed(tensor, name, 0, 2));
      case NUDGED ->
          floating(tensor) && put(tensors, name, changed(tensor, name, rms(tensor) / 1000, 1));
      case NOT_A_NUMBER ->
          floating(tensor) && put(tensors, name, changed(tensor, name, Double.NaN, 1));
      case DROPPED -> tensors.remove(name) != null;
      case RENAMED ->
          tensors.remove(name) != null && put(tensors, name + RENAMED_SUFFIX, Optional.of(tensor));
      case CUT_SHORT -> put(tensors, name, Optional.of(cut(tensor)));
      case SWAPPED -> swap(tensors, name, tensor);
      case RETYPED -> put(tensors, name, Optional.of(retyped(tensor)));
    };
  }

  private static boolean put(Map<String, Tensor> tensors, String name, Optional<Tensor> changed) {
    changed.ifPresent(tensor -> tensors.put(name, tensor));
    return changed.isPresent();
  }

  private static boolean floating(Tensor tensor) {
    return tensor.dtype().isFloating();
  }

  private static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), Arena.ofAuto());
    MemorySegment.copy(tensor.data(), 0, copy.data(), 0, tensor.data().byteSize());
    return copy;
  }

  /** One value, seeded by the name, times {@code factor} plus {@code summand}; empty if equal. */
  private static Optional<Tensor> changed(
      Tensor tensor, String name, double summand, double factor) {
    Random random = new Random(name.hashCode());
    for (int attempt = 0; attempt < 100; attempt++) {
      long index = random.nextLong(tensor.elements());
      double before = value(tensor, index);
      Tensor copy = copy(tensor);
      set(copy, index, before * factor + summand);
      if (value(copy, index) != before) {
        return Optional.of(copy);
      }
    }
    return Optional.empty();
  }

  private static void set(Tensor tensor, long index, double value) {
    switch (tensor.dtype()) {
      case F64 -> tensor.setDouble(index, value);
      case F32 -> tensor.setFloat(index, (float) value);
      case I32 -> tensor.setInt(index, (int) value);
      case BOOL -> tensor.data().set(ValueLayout.JAVA_BYTE, index, (byte) (value % 2));
      default -> throw new IllegalArgumentException(tensor.toString());
    }
  }

  private static double value(Tensor tensor, long index) {
    return tensor.dtype().isFloating() ? tensor.getDouble(index) : tensor.getLong(index);
  }

  private static double rms(Tensor tensor) {
    double squares = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      squares += tensor.getDouble(i) * tensor.getDouble(i);
    }
    return Math.sqrt(squares / tensor.elements());
  }

  private static Tensor cut(Tensor tensor) {
    long[] dims = tensor.shape().dims();
    int axis = 0;
    for (int i = 0; i < dims.length; i++) {
      axis = dims[i] > dims[axis] ? i : axis;
    }
    long inner = tensor.dtype().bytes();
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    long from = dims[axis] * inner;
    dims[axis]--;
    long to = dims[axis] * inner;
    Tensor cut = Tensor.allocate(tensor.dtype(), Shape.of(dims), Arena.ofAuto());
    for (long at = 0, row = 0; at < cut.data().byteSize(); at += to, row++) {
      MemorySegment.copy(tensor.data(), row * from, cut.data(), at, to);
    }
    return cut;
  }

  /** Another tensor of the same form with other numbers; else any of the same type. */
  private static Optional<Map.Entry<String, Tensor>> partner(
      Map<String, Tensor> tensors, Tensor tensor) {
    return Map.copyOf(tensors).entrySet().stream()
        .filter(other -> other.getValue().dtype() == tensor.dtype())
        .filter(other -> other.getValue().data().mismatch(tensor.data()) != -1)
        .min(
            Comparator.<Map.Entry<String, Tensor>, Boolean>comparing(
                    other -> !other.getValue().shape().equals(tensor.shape()))
                .thenComparing(Map.Entry::getKey));
  }

  private static boolean swap(Map<String, Tensor> tensors, String name, Tensor tensor) {
    Optional<Map.Entry<String, Tensor>> partner = partner(tensors, tensor);
    partner.ifPresent(other -> {
      tensors.put(name, other.getValue());
      tensors.put(other.getKey(), tensor);
    });
    return partner.isPresent();
  }

  private static Tensor retyped(Tensor tensor) {
    DType type =
        switch (tensor.dtype()) {
          case F32 -> DType.F64;
          case F64 -> DType.F32;
          case I32 -> DType.F32;
          default -> throw new IllegalArgumentException(tensor.toString());
        };
    Tensor retyped = Tensor.allocate(type, tensor.shape(), Arena.ofAuto());
    for (long i = 0; i < tensor.elements(); i++) {
      set(retyped, i, value(tensor, i));
    }
    return retyped;
  }
}
