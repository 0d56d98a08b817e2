package parity.harness.regime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.harness.result.Exercised;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Regimes of a stage that the same evidence tells.
 *
 * @param stage whose verdict says nothing of what did not happen
 * @param shownBy tensors or metadata of a capture that the evidence is gathered from
 * @param gather nothing where a capture does not tell
 */
record Family<E>(
    StageName stage,
    String shownBy,
    Function<Source, Optional<E>> gather,
    List<Regime<E>> regimes) {
  /**
   * What evidence is gathered from.
   *
   * @param config of the model that was captured
   */
  record Source(Capture capture, CosyVoiceConfig config) {
    Mode mode() {
      return capture.settings().mode();
    }

    /** Inputs and outputs of the stages. */
    Optional<Captured> full() {
      return capture.full().map(Captured::new);
    }

    /** A whole number of the metadata. */
    Optional<Integer> number(String key) {
      return Optional.ofNullable(capture.metadata().get(key))
          .filter(text -> text.matches("\\d{1,9}"))
          .map(Integer::valueOf);
    }

    /** All captured calls of a module of HiFT; nothing if there is none. */
    Optional<List<Tensor>> callsInHift(String path) {
      return capture
          .taps(Part.HIFT)
          .map(TapFiles::taps)
          .map(file ->
              file.names().stream()
                  .filter(name -> TapName.of(name).path().equals(path))
                  .map(file::get)
                  .filter(tensor -> tensor.dtype() == DType.F32 || tensor.dtype() == DType.F64)
                  .toList())
          .filter(tensors -> !tensors.isEmpty());
    }
  }

  /** How many elements are so. */
  static long elements(List<Tensor> tensors, DoublePredicate is) {
    long count = 0;
    for (Tensor tensor : tensors) {
      for (long i = 0; i < tensor.elements(); i++) {
        count += is.test(tensor.getDouble(i)) ? 1 : 0;
      }
    }
    return count;
  }

  /** How often each of them happened. */
  List<Exercised.Count> count(Source source) {
    Optional<E> evidence = told(() -> gather.apply(source));
    List<Exercised.Count> counts = new ArrayList<>();
    for (Regime<E> regime : regimes) {
      OptionalLong times =
          told(() -> evidence.map(told -> regime.counter().applyAsLong(told)))
              .map(OptionalLong::of)
              .orElse(OptionalLong.empty());
      counts.add(count(regime, times));
    }
    return counts;
  }

  /** All of them, as of a capture that tells nothing. */
  List<Exercised.Count> untold() {
    return regimes.stream().map(regime -> count(regime, OptionalLong.empty())).toList();
  }

  private Exercised.Count count(Regime<E> regime, OptionalLong times) {
    return new Exercised.Count(
        stage, regime.name(), times, regime.upstream(), shownBy, regime.howTo());
  }

  /** What is wrong with a capture is for its stages to say. */
  private static <T> Optional<T> told(Supplier<Optional<T>> ask) {
    try {
      return ask.get();
    } catch (Blocked | BadInputException e) {
      return Optional.empty();
    }
  }
}
