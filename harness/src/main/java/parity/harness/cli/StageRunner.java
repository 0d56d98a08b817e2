package parity.harness.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Set;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.RunOptions;
import parity.harness.report.ReportJson;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.run.HarnessRun;
import parity.harness.run.RunRequest;
import picocli.CommandLine.Model.CommandSpec;

/** What the verbs that compare have in common. */
final class StageRunner {
  private StageRunner() {}

  static int run(CommandSpec spec, RunOptions run, ComputeOptions compute, Set<StageName> stages) {
    return run(spec, run.request(stages, compute.threads(), System.getenv()), compute);
  }

  static int run(CommandSpec spec, RunRequest request, ComputeOptions compute) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter log = compute.json() ? new PrintWriter(Writer.nullWriter()) : out;
    RunResult result = HarnessRun.of(request, log);
    if (compute.json()) {
      out.println(ReportJson.text(result));
    }
    return result.outcome().exitCode();
  }
}
