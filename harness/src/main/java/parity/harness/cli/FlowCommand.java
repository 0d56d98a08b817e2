package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

/** The flow stage alone. */
@Command(name = "flow", description = "Compares the flow: tokens to mel.")
final class FlowCommand extends StageCommand {
  FlowCommand() {
    super(StageName.FLOW);
  }
}
