package parity.harness.regime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.result.Exercised;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

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
  record Source(Capture capture, CosyVoiceConfig config) {}

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
