package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

/** The last stage alone. */
@Command(
    name = "end-to-end",
    description = "Compares all of it at once: from text and recording to waveform.")
final class EndToEndCommand extends StageCommand {
  EndToEndCommand() {
    super(StageName.END_TO_END);
  }
}
