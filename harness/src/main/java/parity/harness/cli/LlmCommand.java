package parity.harness.cli;

import java.util.EnumSet;
import java.util.concurrent.Callable;
import parity.harness.result.StageName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The llm stage alone. */
@Command(
    name = "llm",
    description = "Compares the language model, fed with the tokens that Python drew.")
final class LlmCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    return StageRunner.run(spec, run, compute, EnumSet.of(StageName.LLM));
  }
}
