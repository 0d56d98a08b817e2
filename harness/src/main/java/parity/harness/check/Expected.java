package parity.harness.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.flow.FlowState;
import parity.cosyvoice.hift.HiftState;
import parity.cosyvoice.llm.LlmState;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.text.TextFrontend;
import parity.cosyvoice.weights.StateDict;
import parity.tensors.BadInputException;

/**
 * What the small files of a model folder make of the large ones. A file that cannot be read leaves
 * what depends on it unknown, and says why.
 */
final class Expected {
  /** A value, or why there is none. */
  record Read<T>(Optional<T> value, Optional<String> problem) {
    static <T> Read<T> of(Supplier<T> reader) {
      try {
        return new Read<>(Optional.of(reader.get()), Optional.empty());
      } catch (BadInputException e) {
        return new Read<>(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
      }
    }

    static <T> Read<T> unknown() {
      return new Read<>(Optional.empty(), Optional.empty());
    }

    <U> Read<U> then(Function<T, U> next) {
      return value.isPresent() ? Read.of(() -> next.apply(value.get())) : unknown();
    }
  }

  private static final List<String> TOKENIZER =
      List.of("vocab.json", "merges.txt", "tokenizer_config.json");

  private final Read<CosyVoiceConfig> config;
  private final Read<Qwen2Config> qwen;
  private final Read<TextFrontend> text;

  private Expected(Path modelDir) {
    config = Read.of(() -> CosyVoiceConfigReader.read(modelDir));
    qwen = Read.of(() -> Qwen2ConfigReader.read(modelDir));
    text = Read.of(() -> TextFrontend.open(modelDir));
  }

  static Expected of(Path modelDir) {
    return new Expected(modelDir);
  }

  Read<CosyVoiceConfig> config() {
    return config;
  }

  Read<Qwen2Config> qwen() {
    return qwen;
  }

  /** What is wrong with one of the three files of the tokenizer; with all, with the first. */
  Optional<String> tokenizerProblem(Path file) {
    String problem = text.problem().orElse("");
    boolean named =
        TOKENIZER.stream().anyMatch(name -> problem.contains(file.resolveSibling(name).toString()));
    boolean mine = named ? problem.contains(file.toString()) : file.endsWith(TOKENIZER.getFirst());
    return text.problem().filter(any -> mine);
  }

  /** The state_dict of a checkpoint; unknown where what it depends on could not be read. */
  Read<StateDict> state(String file) {
    return switch (file) {
      case "flow.pt" -> config.then(all -> FlowState.of(all.flow()));
      case "hift.pt" -> config.then(all -> HiftState.of(all.hift()));
      case "llm.pt", "llm.rl.pt" ->
          config.value().isPresent()
              ? qwen.then(dimensions -> LlmState.of(config.value().get().llm(), dimensions))
              : Read.unknown();
      default -> Read.unknown();
    };
  }
}
