package parity.tensors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.tensors.PickleValue.Dict;
import parity.tensors.PickleValue.Function;
import parity.tensors.PickleValue.Int;
import parity.tensors.PickleValue.Storage;
import parity.tensors.PickleValue.StorageType;
import parity.tensors.PickleValue.Str;
import parity.tensors.PickleValue.TorchTensor;
import parity.tensors.PickleValue.Tuple;

/**
 * The few Python names that the pickle of a {@code state_dict} asks for, and what they mean; see
 * {@code _rebuild_tensor_v2} in PyTorch's {@code torch/_utils.py} and {@code persistent_load} in
 * {@code torch/serialization.py}.
 */
final class TorchGlobals {
  private static final Map<String, PickleValue> KNOWN =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
          Map.entry("torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR),
          Map.entry("torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER),
          Map.entry("torch.DoubleStorage", new StorageType(DType.F64)),
          Map.entry("torch.FloatStorage", new StorageType(DType.F32)),
          Map.entry("torch.HalfStorage", new StorageType(DType.F16)),
          Map.entry("torch.BFloat16Storage", new StorageType(DType.BF16)),
          Map.entry("torch.LongStorage", new StorageType(DType.I64)),
          Map.entry("torch.IntStorage", new StorageType(DType.I32)),
          Map.entry("torch.ShortStorage", new StorageType(DType.I16)),
          Map.entry("torch.CharStorage", new StorageType(DType.I8)),
          Map.entry("torch.ByteStorage", new StorageType(DType.U8)),
          Map.entry("torch.BoolStorage", new StorageType(DType.BOOL)));

  private TorchGlobals() {}

  static PickleValue find(MappedFile file, String module, String name) {
    PickleValue known = KNOWN.get(module + "." + name);
    if (known == null) {
      throw file.bad(
          "asks for "
              + Text.quote(module + "." + name)
              + ", which no state_dict of plain tensors needs; it is refused, so save the"
              + " state_dict alone");
    }
    return known;
  }

  /** {@code ('storage', torch.FloatStorage, key, location, elements)}; the location is ignored. */
  static Storage storage(MappedFile file, PickleValue id) {
    if (id instanceof Tuple(List<PickleValue> items)
        && items.size() == 5
        && items.get(0).equals(new Str("storage"))
        && items.get(1) instanceof StorageType(DType dtype)
        && items.get(2) instanceof Str(String key)
        && items.get(4) instanceof Int(long elements)
        && elements >= 0) {
      return new Storage(dtype, key, elements);
    }
    throw file.bad(
        "refers to " + id.kind() + " where ('storage', type, key, location, size) is expected");
  }

  static PickleValue call(MappedFile file, Function function, List<PickleValue> arguments) {
    return switch (function) {
      case ORDERED_DICT -> {
        if (!arguments.isEmpty()) {
          throw file.bad("makes an OrderedDict of " + arguments.size() + " arguments, not of none");
        }
        yield new Dict(new LinkedHashMap<>(), new ArrayList<>());
      }
      case REBUILD_TENSOR -> tensor(file, arguments);
      case REBUILD_PARAMETER -> {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof TorchTensor tensor)) {
          throw file.bad("makes a parameter of something that is not a tensor");
        }
        yield tensor;
      }
    };
  }

  /** {@code (storage, offset, size, stride, requires_grad, backward_hooks[, metadata])}. */
  private static TorchTensor tensor(MappedFile file, List<PickleValue> arguments) {
    if (arguments.size() >= 6
        && arguments.get(0) instanceof Storage storage
        && arguments.get(1) instanceof Int(long offset)
        && arguments.get(2) instanceof Tuple(List<PickleValue> size)
        && arguments.get(3) instanceof Tuple(List<PickleValue> stride)) {
      List<Long> dims = counts(file, size);
      List<Long> strides = counts(file, stride);
      if (offset >= 0 && dims.size() == strides.size()) {
        return new TorchTensor(storage, new StridedView(shape(file, dims), offset, strides));
      }
    }
    throw file.bad("makes a tensor of something other than (storage, offset, size, stride, ...)");
  }

  private static Shape shape(MappedFile file, List<Long> dims) {
    try {
      return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    } catch (IllegalArgumentException e) {
      throw new BadInput(file.path() + ": makes a tensor that cannot be: " + e.getMessage(), e);
    }
  }

  private static List<Long> counts(MappedFile file, List<PickleValue> values) {
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
