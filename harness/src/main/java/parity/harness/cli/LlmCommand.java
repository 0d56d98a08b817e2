package parity.harness.cli;

import parity.harness.result.StageName;
import picocli.CommandLine.Command;

/** The llm stage alone. */
@Command(
    name = "llm",
    description = "Compares the language model, fed with the tokens that Python drew.")
final class LlmCommand extends StageCommand {
  LlmCommand() {
    super(StageName.LLM);
  }
}
