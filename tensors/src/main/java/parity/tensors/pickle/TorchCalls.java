package parity.tensors.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue.Bytes;
import parity.tensors.pickle.PickleValue.Callable;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Int;
import parity.tensors.pickle.PickleValue.Made;
import parity.tensors.pickle.PickleValue.Members;
import parity.tensors.pickle.PickleValue.Named;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Sequence;
import parity.tensors.pickle.PickleValue.Storage;
import parity.tensors.pickle.PickleValue.StorageType;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.pickle.PickleValue.Tuple;

/**
 * What the functions of {@link TorchFunction} make of their arguments, as values; see {@code
 * _rebuild_tensor_v2} and its neighbours in PyTorch's {@code torch/_utils.py} and {@code
 * persistent_load} in {@code torch/serialization.py}.
 */
final class TorchCalls {
  private final MappedFile file;
  private final TorchTensors tensors;

  /**
   * Values of one file.
   *
   * @param file for messages
   */
  TorchCalls(MappedFile file) {
    this.file = file;
    this.tensors = new TorchTensors(file);
  }

  /** {@code ('storage', torch.FloatStorage, key, location, elements)}; the location is ignored. */
  Storage storage(PickleValue id) {
    if (id instanceof Tuple(List<PickleValue> items)
        && items.size() == 5
        && items.get(0) instanceof Str(String what)
        && what.equals("storage")
        && items.get(1) instanceof StorageType(ElementType type)
        && items.get(2) instanceof Str(String key)
        && items.get(4) instanceof Int(long elements)
        && elements >= 0) {
      return new Storage(type, key, elements);
    }
    throw file.bad(
        "refers to " + id.kind() + " where ('storage', type, key, location, size) is expected");
  }

  /** The value that a call makes. */
  PickleValue call(TorchFunction function, List<PickleValue> arguments) {
    return switch (function) {
      case DICT -> dict(arguments);
      case SET -> new Members(new ArrayList<>(items(function, arguments)));
      case SIZE -> new Tuple(items(function, arguments));
      case ENCODE -> encode(arguments);
      case BYTES -> new Bytes(arguments.isEmpty() ? "" : encode(arguments).latin1());
      case REBUILD_TENSOR -> tensors.tensor(arguments, Optional.empty());
      case REBUILD_TYPED_TENSOR -> tensors.typedTensor(arguments);
      case REBUILD_PARAMETER -> parameter(arguments);
      case REBUILD_FROM_TYPE -> fromType(arguments);
      case DEVICE,
          LAYOUT,
          COMPLEX,
          BYTEARRAY,
          SLICE,
          RANGE,
          NUMPY_DTYPE,
          NUMPY_SCALAR,
          NUMPY_ARRAY,
          QUANTISED,
          SPARSE,
          NESTED,
          META,
          FROM_NUMPY ->
          new Made(function, arguments, new ArrayList<>());
    };
  }

  /** An OrderedDict of nothing, a defaultdict of its class, a Counter of a dict. */
  private Dict dict(List<PickleValue> arguments) {
    if (arguments.isEmpty()
        || (arguments.size() == 1
            && (arguments.getFirst() instanceof Named
                || arguments.getFirst() instanceof Callable
                || arguments.getFirst() == None.NONE))) {
      return Dict.empty();
    }
    if (arguments.size() == 1 && arguments.getFirst() instanceof Dict dict) {
      return dict;
    }
    throw file.bad("makes a dict of " + arguments.size() + " arguments, not of none or of a dict");
  }

  private List<PickleValue> items(TorchFunction function, List<PickleValue> arguments) {
    if (arguments.isEmpty()) {
      return List.of();
    }
    if (arguments.size() == 1) {
      switch (arguments.getFirst()) {
        case Sequence(List<PickleValue> items) -> {
          return items;
        }
        case Tuple(List<PickleValue> items) -> {
          return items;
        }
        default -> {} // refused below
      }
    }
    throw file.bad("makes a " + function.kind() + " of something that is not one list");
  }

  /** {@code _codecs.encode(text, 'latin1')}: how protocol 2 writes bytes. */
  private Bytes encode(List<PickleValue> arguments) {
    if (!arguments.isEmpty()
        && arguments.getFirst() instanceof Str(String text)
        && text.chars().allMatch(c -> c <= 0xff)
        && (arguments.size() == 1
            || (arguments.get(1) instanceof Str(String code)
                && (code.equals("latin1") || code.equals("latin-1"))))) {
      return new Bytes(text);
    }
    throw file.bad("makes bytes of something other than a text in latin1");
  }

  /** {@code (tensor, requires_grad[, backward_hooks[, state]])}. */
  private TorchTensor parameter(List<PickleValue> arguments) {
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof TorchTensor tensor)) {
      throw file.bad("makes a parameter of something that is not a tensor");
    }
    return arguments.size() > 3 ? with(tensor, arguments.get(3)) : tensor;
  }

  /** {@code (function, class, arguments, state)}: a tensor with attributes. */
  private PickleValue fromType(List<PickleValue> arguments) {
    if (arguments.size() == 4
        && arguments.get(0) instanceof Callable(TorchFunction function)
        && function != TorchFunction.REBUILD_FROM_TYPE
        && (arguments.get(1) instanceof Named || arguments.get(1) instanceof Callable)
        && arguments.get(2) instanceof Tuple(List<PickleValue> items)) {
      PickleValue made = call(function, items);
      if (made instanceof TorchTensor tensor) {
        return with(tensor, arguments.get(3));
      }
      if (made instanceof Made(var of, var its, var states)) {
        states.add(arguments.get(3));
        return new Made(of, its, states);
      }
    }
    throw file.bad("makes a tensor of something other than (function, class, arguments, state)");
  }

  /** The same tensor as another object, with a state of its own. */
  private static TorchTensor with(TorchTensor tensor, PickleValue state) {
    List<PickleValue> states = new ArrayList<>(tensor.states());
    states.add(state);
    return new TorchTensor(
        tensor.storage(),
        tensor.type(),
        tensor.view(),
        tensor.negative(),
        tensor.conjugate(),
        states);
  }
}
