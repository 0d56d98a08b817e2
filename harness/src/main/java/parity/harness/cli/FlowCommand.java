package parity.harness.cli;

import picocli.CommandLine.Command;
import parity.harness.result.StageName;

/** The flow stage alone. */
@Command(name = "flow", description = "Compares the flow: tokens to mel.")
final class FlowCommand extends StageCommand {
  FlowCommand() {
    super(StageName.FLOW);
  }
}
