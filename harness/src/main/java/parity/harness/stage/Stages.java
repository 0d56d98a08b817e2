package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parity.harness.candidate.Candidate;
import parity.harness.capture.Capture;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;

/** The registry of stages. */
public final class Stages {
  /** So many changes are named one by one. */
  private static final int NAMED = 20;

  private Stages() {}

  private static Stage of(StageName name) {
    return switch (name) {
      case TEXT -> new TextStage();
      case FRONTEND -> new FrontendStage();
      case LLM -> new LlmStage();
      case FLOW -> new FlowStage();
      case HIFT -> new HiftStage();
      case END_TO_END -> new EndToEndStage();
    };
  }

  /** Why a stage has nothing to do with a capture. */
  public static Optional<String> inapplicable(StageName name, Capture capture) {
    boolean speaks = capture.settings().mode().speaksText();
    return switch (name) {
      case TEXT ->
          !speaks
              ? Optional.of("voice conversion has no text")
              : capture.holdsTexts()
                  ? Optional.empty()
                  : Optional.of("not in this capture: it does not say which texts were spoken");
      case LLM ->
          !speaks
              ? Optional.of("voice conversion asks no language model")
              : capture.holdsLlm()
                  ? Optional.empty()
                  : Optional.of("not in this capture: the earlier harness kept no output of it");
      case END_TO_END -> Utterance.inapplicable(capture);
      case FRONTEND, FLOW, HIFT -> Optional.empty();
    };
  }

  /** Files of the model folder that a stage reads. */
  public static List<String> modelFiles(StageName name) {
    return of(name).modelFiles();
  }

  /**
   * Runs a stage.
   *
   * @throws parity.tensors.BadInputException if model or recording cannot be used; what is wrong
   *     with the capture is part of the result
   */
  public static StageResult run(StageName name, StageContext context) {
    return run(name, of(name), context);
  }

  /**
   * Runs a stage of a candidate, as {@link #run(StageName, StageContext)}.
   *
   * @param first whether it is the first of the run
   */
  public static StageResult run(
      StageName name, Candidate candidate, boolean first, StageContext context) {
    return run(name, new CandidateStage(name, of(name), candidate, first), context);
  }

  private static StageResult run(StageName name, Stage stage, StageContext context) {
    Checks checks =
        new Checks(name, context.log(), context.progress(), context.module().isPresent());
    Optional<String> changed = changes(context, stage.captureFiles());
    // A run on a changed capture never passes, so nothing need be shown of how sharp it looks.
    StageContext within = changed.isPresent() ? context.within(Scope.WHOLE) : context;
    try (Arena arena = Arena.ofConfined()) {
      stage.compare(within, checks, arena);
      return changed.map(checks::blocked).orElseGet(checks::finish);
    } catch (Blocked e) {
      return checks.blocked(changed.map(change -> change + "; ").orElse("") + e.reason());
    }
  }

  /** What of the capture is no longer as it was; the numbers are compared all the same. */
  private static Optional<String> changes(StageContext context, List<String> files) {
    List<String> changes = context.capture().changes(files);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    String more =
        changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more changes" : "";
    return Optional.of(
        changes.stream().limit(NAMED).collect(Collectors.joining(", "))
            + more
            + " since the capture, by its checksums.txt; restore it, or capture again");
  }
}
