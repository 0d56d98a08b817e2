package parity.harness.cli;

import java.util.List;
import java.util.concurrent.Callable;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.RunOptions;
import parity.harness.names.NearNames;
import parity.harness.report.Words;
import parity.harness.result.StageName;
import parity.harness.stage.Stage;
import parity.harness.stage.Stages;
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
      "Runs one module on the inputs that it had in Python, and compares its output.",
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
          "Name of the module in the capture; with #K, its K-th call only. To list the names:"
              + " parity inspect DIR/taps_flow.safetensors")
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
    List<StageName> withModules =
        Stages.all().stream()
            .filter(stage -> stage.is(Stage.Trait.MODULES))
            .map(Stage::name)
            .toList();
    List<String> parts = withModules.stream().map(StageName::label).toList();
    return withModules.stream()
        .filter(stage -> module.startsWith(stage.label() + "."))
        .findFirst()
        .orElseThrow(() ->
            new BadInputException(
                "%s: no module of %s; expected a name as in the capture, e.g. flow.decoder.estimator#0%s"
                    .formatted(
                        module,
                        Words.list(parts).replace(" and ", " or "),
                        NearNames.moduleHint(module, run.modules(System.getenv())))));
  }
}
