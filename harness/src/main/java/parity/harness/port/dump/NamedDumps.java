package parity.harness.port.dump;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.compare.view.TensorView;
import parity.harness.names.FormAdvice;
import parity.harness.names.NamedTensor;
import parity.harness.names.Names;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/**
 * The tensors of a folder by the names that are expected.
 *
 * @param names which of them is which
 */
record NamedDumps(Dumps dumps, Names names) {
  boolean contains(String expected) {
    return names.of(expected).isPresent();
  }

  /** What would let a tensor be compared that is of another form than is wanted. */
  Optional<String> advice(String expected, TensorInfo wanted) {
    String actual = actual(expected);
    return FormAdvice.of(expected, actual, wanted, TensorInfo.of(dumps.get(actual)));
  }

  /** The type that a tensor has there, where it is converted to the expected one. */
  Optional<DType> storedIn(String expected, DType wanted) {
    DType found = dumps.get(actual(expected)).dtype();
    return names.of(expected).filter(named -> named.converts(found, wanted)).map(named -> found);
  }

  /** What an expected tensor is called there. */
  String actual(String expected) {
    return names.of(expected).map(NamedTensor::actual).orElse(expected);
  }

  /**
   * A tensor, with the expected axes, and of the expected type where the names file says that its
   * own is another.
   *
   * @param wanted the expected type
   * @param arena owns what has to be copied
   * @throws BadInputException if it does not have the axes or the type that the names file says
   */
  Tensor get(String expected, DType wanted, Arena arena) {
    String actual = actual(expected);
    Tensor tensor = dumps.get(actual);
    NamedTensor named = names.fitting(expected, TensorInfo.of(tensor));
    TensorView view = named.layout().of(tensor);
    DType dtype = named.converts(tensor.dtype(), wanted) ? wanted : tensor.dtype();
    if (view.contiguous() && dtype == tensor.dtype()) {
      return view.tensor();
    }
    try {
      return view.copy(dtype, arena);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(
          "%s: %s %s cannot be made %s (%s)"
              .formatted(dumps.folder(), Text.quote(actual), tensor, dtype, e.getMessage()),
          e);
    }
  }
}
