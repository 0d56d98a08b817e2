package parity.harness.names;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/**
 * What a names file comes to between two sides: which tensor of the other side is which expected
 * one.
 */
public final class Names {
  private final Map<String, NamedTensor> byExpected;
  private final Map<String, String> byActual = new TreeMap<>();
  private final List<Stale> stale;
  private final NamesFile file;

  /**
   * A line of the file that says nothing here.
   *
   * @param expected as it stands in the file
   * @param says what is the matter
   */
  public record Stale(String expected, String says) {}

  Names(NamesFile file, Map<String, NamedTensor> byExpected, List<Stale> stale) {
    this.file = file;
    this.byExpected = byExpected;
    this.stale = stale;
    byExpected.forEach((expected, named) -> byActual.put(named.actual(), expected));
  }

  /** Which tensor an expected one is on the other side; nothing if it is not there. */
  public Optional<NamedTensor> of(String expected) {
    return Optional.ofNullable(byExpected.get(expected));
  }

  /** Which expected tensor one of the other side is; nothing if it is none. */
  public Optional<String> expected(String actual) {
    return Optional.ofNullable(byActual.get(actual));
  }

  /** Lines of the file that say nothing here. */
  public List<Stale> stale() {
    return stale;
  }

  /**
   * An expected tensor as its file has it, once its type and axes are as the names file says.
   *
   * @throws BadInputException if they are not
   */
  public NamedTensor fitting(String expected, TensorInfo actual) {
    NamedTensor named =
        of(expected)
            .orElseThrow(() -> new IllegalStateException(expected + " is not on the other side"));
    Optional<DType> dtype = named.dtype();
    if (dtype.isPresent() && dtype.get() != actual.dtype()) {
      throw file.bad(
          "%s is %s, not %s as said for %s"
              .formatted(
                  Text.quote(named.actual()), actual.dtype(), dtype.get(), Text.quote(expected)));
    }
    if (!named.layout().fits(actual.shape())) {
      throw file.bad(
          "%s of %s does not fit the %d axes of %s %s"
              .formatted(
                  String.join(", ", named.layout().fields()),
                  Text.quote(expected),
                  actual.shape().rank(),
                  Text.quote(named.actual()),
                  actual));
    }
    return named;
  }
}
