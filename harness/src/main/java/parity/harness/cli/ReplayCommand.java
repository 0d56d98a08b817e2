package parity.harness.cli;

import java.util.concurrent.Callable;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.tensors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One module alone, on the reference's own inputs. */
@Command(
    name = "replay",
    description = {
      "Runs one module on the inputs that it had in Python, and compares what it returns.",
      "",
      "  parity replay 'flow.decoder.estimator.transformer_blocks.0.attn#5'"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "MODULE",
      description =
          "As the capture calls it: a path, and #K for its K-th call only. What the capture holds is"
              + " shown by: parity inspect DIR/taps_flow.safetensors")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String module;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    return StageRunner.run(
        spec, run.request(stage(), module, compute.threads(), System.getenv()), compute);
  }

  private StageName stage() {
    return StageResult.MODULES.stream()
        .filter(stage -> module.startsWith(stage.label() + "."))
        .findFirst()
        .orElseThrow(() ->
            new BadInputException(
                "%s: no module of llm, flow or hift; expected a name as in the capture, e.g. flow.decoder.estimator#0"
                    .formatted(module)));
  }
}
