package parity.harness.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture that may exercise what others do not.
 *
 * @param name of its folder
 * @param llm the language model that speaks
 * @param options of {@code parity capture}: recordings, texts, mode, seed
 */
record Attempt(String name, LanguageModel llm, List<String> options) {
  /** Which language model of a release. */
  enum LanguageModel {
    /** {@code llm.pt}, which upstream loads. */
    USUAL,
    /** {@code llm.rl.pt}, which speaks where it is put in the place of the other. */
    REINFORCED
  }

  Attempt {
    options = List.copyOf(options);
  }

  /** The same with another seed, which its name tells. */
  Attempt withSeed(int seed) {
    List<String> more = new ArrayList<>(options);
    more.addAll(List.of("--seed", Integer.toString(seed)));
    return new Attempt(name + "-seed-" + seed, llm, more);
  }

  /**
   * All arguments of the capture.
   *
   * @param more options that all captures of a suite have
   */
  List<String> arguments(Path model, Path out, List<String> more) {
    List<String> arguments =
        new ArrayList<>(List.of("--model-dir", model.toString(), "--out", out.toString()));
    arguments.addAll(options);
    arguments.addAll(more);
    return arguments;
  }
}
