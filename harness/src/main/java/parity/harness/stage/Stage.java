package parity.harness.stage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import parity.harness.capture.Capture;
import parity.harness.plan.PlanContext;
import parity.harness.plan.StagePlan;
import parity.harness.port.Port;
import parity.harness.result.StageName;

/**
 * An entry of the registry of stages.
 *
 * @param modelFiles files of the model folder that the stage reads
 * @param captureFiles files of the capture that the stage reads, as a capture calls them
 * @param traits what sets it apart
 * @param inapplicable why the stage has nothing to do with a capture; empty where it has
 * @param preparation makes its plan, and the Java engine's port
 */
public record Stage(
    StageName name,
    List<String> modelFiles,
    List<String> captureFiles,
    Set<Trait> traits,
    Function<Capture, Optional<String>> inapplicable,
    Preparation preparation) {
  /** What sets a stage apart from others. */
  public enum Trait {
    /** It listens to recordings. */
    LISTENS,

    /** Its modules were captured, and can be looked at one by one. */
    MODULES,

    /** It goes through all parts of the model, so it tells nothing new where one is wrong. */
    THROUGH_ALL
  }

  /** Makes a stage ready for a capture. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * Plans; nothing of the model but its configuration is read.
     *
     * @param context with an arena that lives as long as the stage
     * @throws parity.harness.capture.Blocked if the capture lacks what the stage needs
     */
    Prepared prepare(PlanContext context);
  }

  /**
   * A stage that is ready.
   *
   * @param java makes the Java engine's port
   */
  public record Prepared(StagePlan plan, Function<StageContext, Port> java) {}

  /** Why a candidate is asked for nothing of it; empty where it is asked. */
  public Optional<String> nothingOfACandidate(Capture capture) {
    return is(Trait.THROUGH_ALL)
        ? Optional.of("a candidate is compared stage by stage")
        : inapplicable.apply(capture);
  }

  /** Whether it is so. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }
}
