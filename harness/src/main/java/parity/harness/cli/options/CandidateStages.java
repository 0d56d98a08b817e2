package parity.harness.cli.options;

import java.util.Set;
import parity.harness.result.StageName;
import picocli.CommandLine.Option;

/** Of which stages a candidate's tensors are meant. */
public final class CandidateStages {
  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "STAGE",
      description = "Stages, separated by commas: text, frontend, llm, flow, hift (default: all).")
  private String[] stages = {"text", "frontend", "llm", "flow", "hift"};

  /** Those that were given, in the order in which they run. */
  public Set<StageName> get() {
    return StageNames.of(stages);
  }
}
