package parity.harness.stage;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.limits.ModuleLimits;
import parity.harness.plan.PlanContext;
import parity.harness.plan.StagePlan;
import parity.harness.result.StageName;
import parity.tensors.InPlace;

/**
 * What a capture expects of a candidate, stage by stage, without running anything.
 *
 * @param model folder of the model, of which only the configuration is read
 * @param frontend file of what the frontend read and wrote, if it is there
 * @param full file of what the other stages read and wrote, if it is there
 * @param stages whose plans are asked for
 */
public record CapturedPlans(
    Path model, Path frontend, Path full, Settings.Overrides overrides, Set<StageName> stages) {
  /** Takes plans. */
  public interface Taker {
    /** Takes the plan of a stage; its tensors can be read until this returns. */
    void plan(StageName stage, StagePlan plan);

    /** Takes note of a stage that expects nothing, with the reason. */
    void nothing(StageName stage, String why);
  }

  /**
   * Makes the plans.
   *
   * @throws parity.tensors.BadInputException if model or capture cannot be read
   */
  public void each(Taker taker) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(model);
    try (Capture capture = Capture.open(there(frontend), there(full), overrides)) {
      InPlace.during(
          List.of(capture),
          () -> {
            stages.forEach(name -> one(Stages.of(name), capture, config, taker));
            return taker;
          });
    }
  }

  private static Optional<Path> there(Path file) {
    return Optional.of(file).filter(Files::exists);
  }

  private static void one(Stage stage, Capture capture, CosyVoiceConfig config, Taker taker) {
    Optional<String> inapplicable =
        absent(stage, capture).or(() -> stage.nothingOfACandidate(capture));
    if (inapplicable.isPresent()) {
      taker.nothing(stage.name(), inapplicable.get());
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      PlanContext context = new PlanContext(capture, config, ModuleLimits.load(), arena);
      taker.plan(stage.name(), stage.preparation().prepare(context).plan());
    } catch (Blocked e) {
      taker.nothing(stage.name(), "the capture cannot be relied on: " + e.reason());
    }
  }

  private static Optional<String> absent(Stage stage, Capture capture) {
    boolean there =
        stage.name().equals(StageName.FRONTEND)
            ? capture.frontend().isPresent()
            : capture.full().isPresent();
    return there ? Optional.empty() : Optional.of("there is no " + stage.captureFiles().getFirst());
  }
}
