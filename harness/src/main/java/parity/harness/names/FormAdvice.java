package parity.harness.names;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import parity.tensors.DType;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/** What a names file has to say so that a tensor can be compared, as a line to be pasted. */
public final class FormAdvice {
  /** Each missing one is held against all others; of more pairs it would take long. */
  private static final int PAIRS = 200_000;

  private FormAdvice() {}

  /**
   * Advice on a tensor whose axes or type are not the expected ones; nothing where no line would
   * let it be compared.
   *
   * @param actual what it is called on the other side
   * @param found as it stands on the other side
   */
  public static Optional<String> of(
      String expected, String actual, TensorInfo wanted, TensorInfo found) {
    boolean ofOneKind =
        wanted.dtype().isFloating() == found.dtype().isFloating()
            && wanted.dtype().isComplex() == found.dtype().isComplex();
    List<Layout> layouts = Layouts.between(found.shape(), wanted.shape());
    if (wanted.equals(found) || !ofOneKind || layouts.isEmpty()) {
      return Optional.empty();
    }
    Optional<DType> dtype =
        wanted.dtype() == found.dtype() ? Optional.empty() : Optional.of(found.dtype());
    return Optional.of(inFile(Paste.line(expected, actual, layouts.getFirst(), dtype)));
  }

  /**
   * Advice on a tensor that is missing: perhaps it is another one.
   *
   * @param other a name of the other side
   * @param found what is of that name
   */
  public static String perhaps(String expected, TensorInfo wanted, String other, TensorInfo found) {
    return "perhaps it is called "
        + Text.visible(other)
        + " here; "
        + of(expected, other, wanted, found)
            .orElseGet(() -> inFile(Paste.line(expected, other, Layout.SAME, Optional.empty())));
  }

  /**
   * Advice on what is missing: the only one of another name that it could be by its axes and its
   * kind of numbers, or that with the nearest name.
   *
   * @param missing what was expected, in order
   * @param others of the other side, which nobody asked for
   */
  public static Map<String, String> ofMissing(
      SequencedMap<String, TensorInfo> missing, Map<String, TensorInfo> others) {
    Map<String, String> advice = new TreeMap<>();
    if (others.isEmpty()) {
      return advice;
    }
    missing.entrySet().stream()
        .limit(PAIRS / others.size())
        .forEach(one ->
            missing(one.getKey(), one.getValue(), others)
                .ifPresent(words -> advice.put(one.getKey(), words)));
    return advice;
  }

  private static Optional<String> missing(
      String name, TensorInfo wanted, Map<String, TensorInfo> others) {
    Map<String, TensorInfo> fitting = new TreeMap<>(others);
    fitting
        .entrySet()
        .removeIf(other ->
            !other.getValue().equals(wanted)
                && of(name, other.getKey(), wanted, other.getValue()).isEmpty());
    Map<String, TensorInfo> among = fitting.isEmpty() ? others : fitting;
    Optional<String> guess =
        fitting.size() == 1
            ? fitting.keySet().stream().findFirst()
            : NearNames.nearest(name, among.keySet());
    return guess.flatMap(other ->
        Optional.ofNullable(among.get(other)).map(info -> perhaps(name, wanted, other, info)));
  }

  /** How a line to be pasted is said. */
  public static String inFile(String line) {
    return "in the names file: " + line;
  }
}
