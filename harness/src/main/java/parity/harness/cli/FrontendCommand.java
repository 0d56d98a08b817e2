package parity.harness.cli;

import picocli.CommandLine.Command;
import parity.harness.result.StageName;

/** The frontend stage alone. */
@Command(
    name = "frontend",
    description =
        "Compares the frontend: audio, mel spectrograms, speech tokens, speaker embedding.")
final class FrontendCommand extends StageCommand {
  FrontendCommand() {
    super(StageName.FRONTEND);
  }
}
