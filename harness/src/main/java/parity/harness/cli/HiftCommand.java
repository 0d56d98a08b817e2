package parity.harness.cli;

import picocli.CommandLine.Command;
import parity.harness.result.StageName;

/** The hift stage alone. */
@Command(
    name = "hift",
    description =
        "Compares the vocoder: mel to waveform, and mel with Python's source to waveform.")
final class HiftCommand extends StageCommand {
  HiftCommand() {
    super(StageName.HIFT);
  }
}
