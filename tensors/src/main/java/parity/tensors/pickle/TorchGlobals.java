package parity.tensors.pickle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parity.tensors.DType;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Callable;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Named;
import parity.tensors.pickle.PickleValue.StorageType;

/**
 * The Python names that a checkpoint may mention: those that PyTorch's own {@code weights_only}
 * reading allows ({@code torch/_weights_only_unpickler.py}), and NumPy's arrays and scalars. They
 * stand for values; nothing is looked up and nothing is called.
 */
final class TorchGlobals {
  private static final Map<String, PickleValue> KNOWN = known();

  private TorchGlobals() {}

  static PickleValue find(MappedFile file, String module, String name) {
    PickleValue known = KNOWN.get(module + "." + name);
    if (known == null) {
      throw file.bad(
          "asks for "
              + Text.quote(module + "." + name)
              + ", which no checkpoint of tensors and plain values needs; it is refused, so save"
              + " the state_dict alone");
    }
    return known;
  }

  private static Map<String, PickleValue> known() {
    Map<String, PickleValue> known = new HashMap<>();
    addTypes(known);
    addPython(known);
    addNumpy(known, "numpy.core.multiarray.");
    addNumpy(known, "numpy._core.multiarray.");
    known.put("torch._utils._rebuild_tensor_v2", new Callable(TorchFunction.REBUILD_TENSOR));
    known.put("torch._utils._rebuild_tensor_v3", new Callable(TorchFunction.REBUILD_TYPED_TENSOR));
    for (String name :
        new String[] {
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch.nn.parameter.Parameter"
        }) {
      known.put(name, new Callable(TorchFunction.REBUILD_PARAMETER));
    }
    known.put("torch._tensor._rebuild_from_type_v2", new Callable(TorchFunction.REBUILD_FROM_TYPE));
    known.put("torch._utils._rebuild_qtensor", new Callable(TorchFunction.QUANTISED));
    known.put("torch._utils._rebuild_sparse_tensor", new Callable(TorchFunction.SPARSE));
    known.put("torch._utils._rebuild_nested_tensor", new Callable(TorchFunction.NESTED));
    known.put("torch._utils._rebuild_meta_tensor_no_storage", new Callable(TorchFunction.META));
    known.put(
        "torch._utils._rebuild_device_tensor_from_numpy", new Callable(TorchFunction.FROM_NUMPY));
    known.put("torch._utils._rebuild_xla_tensor", new Callable(TorchFunction.FROM_NUMPY));
    known.put("torch.Size", new Callable(TorchFunction.SIZE));
    known.put("torch.device", new Callable(TorchFunction.DEVICE));
    known.put("torch.serialization._get_layout", new Callable(TorchFunction.LAYOUT));
    for (String name :
        new String[] {
          "torch.Tensor",
          "torch.nn.parameter.Buffer",
          "torch.per_tensor_affine",
          "torch.per_channel_affine",
          "torch.per_tensor_symmetric",
          "torch.per_channel_symmetric",
          "torch.per_channel_affine_float_qparams",
          "numpy.ndarray"
        }) {
      known.put(name, new Named(name));
    }
    return Map.copyOf(known);
  }

  private static void addPython(Map<String, PickleValue> known) {
    known.put("collections.OrderedDict", new Callable(TorchFunction.DICT));
    known.put("collections.defaultdict", new Callable(TorchFunction.DICT));
    known.put("collections.Counter", new Callable(TorchFunction.DICT));
    known.put("_codecs.encode", new Callable(TorchFunction.ENCODE));
    // Up to protocol 2 pickle calls the module as Python 2 did.
    for (String module : new String[] {"__builtin__.", "builtins."}) {
      known.put(module + "set", new Callable(TorchFunction.SET));
      known.put(module + "frozenset", new Callable(TorchFunction.SET));
      known.put(module + "bytes", new Callable(TorchFunction.BYTES));
      known.put(module + "bytearray", new Callable(TorchFunction.BYTEARRAY));
      known.put(module + "complex", new Callable(TorchFunction.COMPLEX));
      known.put(module + "slice", new Callable(TorchFunction.SLICE));
      known.put(module + "range", new Callable(TorchFunction.RANGE));
      known.put(module + "xrange", new Callable(TorchFunction.RANGE));
      for (String name : new String[] {"list", "dict", "int", "float", "str", "bool", "Ellipsis"}) {
        known.put(module + name, new Named(name));
      }
    }
  }

  private static void addNumpy(Map<String, PickleValue> known, String module) {
    known.put("numpy.dtype", new Callable(TorchFunction.NUMPY_DTYPE));
    known.put(module + "scalar", new Callable(TorchFunction.NUMPY_SCALAR));
    known.put(module + "_reconstruct", new Callable(TorchFunction.NUMPY_ARRAY));
  }

  private static void addTypes(Map<String, PickleValue> known) {
    add(known, DType.F64, "float64", "double", "DoubleStorage");
    add(known, DType.F32, "float32", "float", "FloatStorage");
    add(known, DType.F16, "float16", "half", "HalfStorage");
    add(known, DType.BF16, "bfloat16", "", "BFloat16Storage");
    add(known, DType.F8_E4M3, "float8_e4m3fn", "", "");
    add(known, DType.F8_E5M2, "float8_e5m2", "", "");
    add(known, DType.F8_E8M0, "float8_e8m0fnu", "", "");
    add(known, DType.I64, "int64", "long", "LongStorage");
    add(known, DType.I32, "int32", "int", "IntStorage");
    add(known, DType.I16, "int16", "short", "ShortStorage");
    add(known, DType.I8, "int8", "", "CharStorage");
    add(known, DType.U64, "uint64", "", "");
    add(known, DType.U32, "uint32", "", "");
    add(known, DType.U16, "uint16", "", "");
    add(known, DType.U8, "uint8", "", "ByteStorage");
    add(known, DType.BOOL, "bool", "", "BoolStorage");
    add(known, DType.C128, "complex128", "cdouble", "ComplexDoubleStorage");
    add(known, DType.C64, "complex64", "cfloat", "ComplexFloatStorage");
    addUnread(known, 4, "complex32", "");
    addUnread(known, 1, "float8_e4m3fnuz", "");
    addUnread(known, 1, "float8_e5m2fnuz", "");
    addUnread(known, 1, "float4_e2m1fn_x2", "");
    addUnread(known, 1, "qint8", "QInt8Storage");
    addUnread(known, 1, "quint8", "QUInt8Storage");
    addUnread(known, 4, "qint32", "QInt32Storage");
    addUnread(known, 1, "quint4x2", "QUInt4x2Storage");
    addUnread(known, 1, "quint2x4", "QUInt2x4Storage");
    known.put(
        "torch.storage.UntypedStorage",
        new StorageType(new ElementType("byte", 1, Optional.empty())));
  }

  private static void add(
      Map<String, PickleValue> known, DType dtype, String name, String alias, String storage) {
    ElementType type = new ElementType(name, dtype.bytes(), Optional.of(dtype));
    known.put("torch." + name, type);
    if (!alias.isEmpty()) {
      known.put("torch." + alias, type);
    }
    addStorage(known, storage, type);
  }

  private static void addUnread(
      Map<String, PickleValue> known, int width, String name, String storage) {
    ElementType type = new ElementType(name, width, Optional.empty());
    known.put("torch." + name, type);
    addStorage(known, storage, type);
  }

  private static void addStorage(Map<String, PickleValue> known, String storage, ElementType type) {
    if (!storage.isEmpty()) {
      known.put("torch." + storage, new StorageType(type));
    }
  }
}
