package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

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
