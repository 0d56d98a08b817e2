package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

/** The text stage alone. */
@Command(
    name = "text",
    description = "Compares the text frontend: normalised texts, segments, ids.")
final class TextCommand extends StageCommand {
  TextCommand() {
    super(StageName.TEXT);
  }
}
