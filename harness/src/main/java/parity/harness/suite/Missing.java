package parity.harness.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import parity.harness.result.Exercised;

/**
 * Why a suite does not exercise something.
 *
 * @param modelDir the model that speaks
 * @param attempts how many captures were tried
 */
public record Missing(Path modelDir, int attempts) {
  private static final String OTHER_MODEL = "language model llm.rl.pt";
  private static final String BY_RULES = "rules change the text";

  /** The reason, for a person. */
  public String why(Exercised.Count count) {
    if (count.regime().equals(OTHER_MODEL) && !Files.exists(modelDir.resolve(Suite.REINFORCED))) {
      return "%s has no %s".formatted(modelDir, Suite.REINFORCED);
    }
    String seen = "not seen in %d captures".formatted(attempts);
    return count.regime().endsWith(BY_RULES) ? seen + "; upstream needs wetext for it" : seen;
  }
}
