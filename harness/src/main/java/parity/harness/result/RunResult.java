package parity.harness.result;

import java.util.List;
import java.util.Map;
import parity.compare.Outcome;
import parity.compare.Skips;

/**
 * What came of a run.
 *
 * @param stages in the order in which they ran
 * @param provenance what made the result: versions, threads
 * @param capture what made the capture
 */
public record RunResult(
    List<StageResult> stages,
    Skips skips,
    Map<String, String> provenance,
    Map<String, String> capture) {
  public RunResult {
    stages = List.copyOf(stages);
  }

  /** What the run comes to: the gravest of its stages, and nothing compared is never a pass. */
  public Outcome outcome() {
    boolean compared = stages.stream().anyMatch(stage -> !stage.findings().isEmpty());
    Outcome gravest = Outcome.combine(stages.stream().map(stage -> stage.outcome(skips)).toList());
    return gravest == Outcome.PASS && !compared ? Outcome.INCONCLUSIVE : gravest;
  }
}
