package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

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
