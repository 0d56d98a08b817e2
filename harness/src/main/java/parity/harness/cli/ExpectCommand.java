package parity.harness.cli;

import java.util.concurrent.Callable;
import parity.harness.cli.options.CandidateStages;
import parity.harness.cli.options.CaptureOptions;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.stage.CapturedPlans;
import parity.harness.stage.ExpectedTensors;
import parity.tensors.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a port's author has to write, without running anything. */
@Command(
    name = "expect",
    description =
        "Lists the tensors that a candidate is asked for, in execution order: name, type, shape."
            + " Which calls (#k) are among them depends on the capture.")
final class ExpectCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final CandidateStages stages = new CandidateStages();
  @Mixin private final CaptureOptions options = new CaptureOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    CaptureOptions.Chosen given = options.get(System.getenv());
    ExpectedTensors expected =
        ExpectedTensors.of(
            new CapturedPlans(
                given.model(), given.frontend(), given.full(), given.overrides(), stages.get()));
    if (compute.json()) {
      spec.commandLine().getOut().println(expected.json());
      expected.without().stream().map(Text::visible).forEach(spec.commandLine().getErr()::println);
    } else {
      expected.lines().stream().map(Text::visible).forEach(spec.commandLine().getOut()::println);
    }
    return 0;
  }
}
