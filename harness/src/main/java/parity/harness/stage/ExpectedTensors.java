package parity.harness.stage;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import parity.harness.plan.Wanted;
import parity.harness.port.WantedJson;
import parity.harness.result.StageName;
import parity.tensors.InPlace;

/**
 * What a capture expects of a candidate, without running anything.
 *
 * @param wanted in execution order, stage by stage
 * @param without stages that expect nothing, each with the reason
 */
public record ExpectedTensors(List<Wanted> wanted, List<String> without) {
  public ExpectedTensors {
    wanted = List.copyOf(wanted);
    without = List.copyOf(without);
  }

  /**
   * Of these stages.
   *
   * @param model folder of the model, of which only the configuration is read
   * @param frontend file of what the frontend read and wrote, if it is there
   * @param full file of what the other stages read and wrote, if it is there
   * @throws parity.tensors.BadInputException if one of them cannot be read
   */
  public static ExpectedTensors of(
      Path model, Path frontend, Path full, Settings.Overrides overrides, Set<StageName> stages) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(model);
    try (Capture capture = Capture.open(there(frontend), there(full), overrides)) {
      return InPlace.during(List.of(capture), () -> of(capture, config, stages));
    }
  }

  private static Optional<Path> there(Path file) {
    return Optional.of(file).filter(Files::exists);
  }

  private static ExpectedTensors of(
      Capture capture, CosyVoiceConfig config, Set<StageName> stages) {
    List<Wanted> wanted = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (StageName name : stages) {
      Stage stage = Stages.of(name);
      Optional<String> inapplicable =
          stage.is(Stage.Trait.THROUGH_ALL)
              ? Optional.of("a candidate is compared stage by stage")
              : absent(stage, capture).or(() -> stage.inapplicable().apply(capture));
      try (Arena arena = Arena.ofConfined()) {
        if (inapplicable.isPresent()) {
          without.add(name + ": " + inapplicable.get());
        } else {
          PlanContext context = new PlanContext(capture, config, ModuleLimits.load(), arena);
          wanted.addAll(Wanted.of(name.label(), stage.preparation().prepare(context).plan()));
        }
      } catch (Blocked e) {
        without.add(name + ": the capture cannot be relied on: " + e.reason());
      }
    }
    return new ExpectedTensors(wanted, without);
  }

  /** For people: type, shape and name of each, and how many a stage expects. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String stage = "";
    for (Wanted each : wanted) {
      if (!each.stage().equals(stage)) {
        stage = each.stage();
        lines.add("# %s: %d".formatted(stage, count(stage)));
      }
      lines.add("%-4s %-18s %s".formatted(each.info().dtype(), each.info().shape(), each.name()));
    }
    without.forEach(line -> lines.add("# " + line));
    return lines;
  }

  private long count(String stage) {
    return wanted.stream().filter(each -> each.stage().equals(stage)).count();
  }

  /** For machines, as a candidate's command finds it. */
  public String json() {
    return WantedJson.text(wanted);
  }

  private static Optional<String> absent(Stage stage, Capture capture) {
    boolean there =
        stage.name().equals(StageName.FRONTEND)
            ? capture.frontend().isPresent()
            : capture.full().isPresent();
    return there ? Optional.empty() : Optional.of("there is no " + stage.captureFiles().getFirst());
  }
}
