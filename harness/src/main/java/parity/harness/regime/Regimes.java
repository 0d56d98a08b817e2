package parity.harness.regime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.result.Exercised;
import parity.harness.result.StageName;

/** All that upstream does with some inputs and not with others, in the order of the stages. */
public final class Regimes {
  private static final List<Family<?>> ALL =
      Stream.of(
              TextRegimes.families(),
              FrontendRegimes.families(),
              LlmRegimes.families(),
              FlowRegimes.families(),
              HiftRegimes.families())
          .flatMap(List::stream)
          .toList();

  private Regimes() {}

  /** The stages that have any. */
  public static List<StageName> stages() {
    return ALL.stream().map(Family::stage).distinct().toList();
  }

  /** All of them, as of a capture that tells of none. */
  public static Exercised all() {
    return new Exercised(ALL.stream().flatMap(family -> family.untold().stream()).toList());
  }

  /**
   * Counts in a capture.
   *
   * @param config of the model that was captured
   * @param stages of which they are
   */
  public static Exercised count(
      Capture capture, CosyVoiceConfig config, Collection<StageName> stages) {
    Family.Source source = new Family.Source(capture, config);
    List<Exercised.Count> counts = new ArrayList<>();
    for (Family<?> family : ALL) {
      if (stages.contains(family.stage())) {
        counts.addAll(family.count(source));
      }
    }
    return new Exercised(counts);
  }
}
