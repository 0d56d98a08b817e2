package parity.cosyvoice.weights;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.flow.FlowState;
import parity.cosyvoice.hift.HiftState;
import parity.cosyvoice.llm.LlmState;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.checkpoint.Checkpoint;
import parity.tensors.checkpoint.CheckpointCopy;

/** Against what upstream's modules have, and what its strict loading says; see make_strict.py. */
final class StrictLoadingTest {
  private static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path STRICT =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "weights", "strict");

  /** PyTorch passes over these, and nothing reads them. */
  private static final Set<String> STRICTER =
      Set.of("a name that goes on after an expected one", "a name that is a module's");

  @TempDir Path folder;

  private static StateDict expected(Path modelDir, String part) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(modelDir);
    return switch (part) {
      case "llm" -> LlmState.of(config.llm(), Qwen2ConfigReader.read(modelDir));
      case "flow" -> FlowState.of(config.flow());
      default -> HiftState.of(config.hift());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"release", "other"})
  void of_configuration_isTheStateDictOfUpstreamsModules(String name) throws IOException {
    Path modelDir = STRICT.resolve(name);
    List<String> keys = new ArrayList<>();
    for (String part : new String[] {"llm", "flow", "hift"}) {
      expected(modelDir, part)
          .shapes()
          .forEach((key, shape) -> keys.add(part + " " + key + " " + shape));
    }
    assertThat(keys).containsExactlyElementsIn(Files.readAllLines(modelDir.resolve("keys.txt")));
  }

  /** JSON is YAML. */
  static Stream<Map<?, ?>> cases() throws IOException {
    Object cases =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(STRICT.resolve("cases.json")));
    return ((List<?>) cases).stream().map(each -> (Map<?, ?>) each);
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) Objects.requireNonNull(map.get(key), key);
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return (Map<?, ?>) Objects.requireNonNull(map.get(key), key);
  }

  private static String text(Map<?, ?> map, String key) {
    return (String) Objects.requireNonNull(map.get(key), key);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void of_alteredCheckpoint_isRefusedAsUpstreamRefusesIt(Map<?, ?> altered) {
    String part = text(altered, "part");
    StateDictDifference difference =
        StateDictDifference.of(expected(MODEL, part), found(part, altered));
    Map<?, ?> upstream = map(altered, "upstream");
    String what = text(altered, "what");
    if (STRICTER.contains(what)) {
      assertThat(upstream.get("loads")).isEqualTo(true);
      assertThat(difference.unexpected()).hasSize(1);
      return;
    }
    assertWithMessage(what).that(difference.isEmpty()).isEqualTo(upstream.get("loads"));
    assertNamed(difference.unexpected(), list(upstream, "unexpected"));
    assertNamed(difference.missing(), list(upstream, "missing"));
    assertNamed(difference.misshapen(), list(upstream, "misshapen"));
  }

  private static void assertNamed(List<String> phrases, List<?> names) {
    assertThat(phrases.stream().map(phrase -> phrase.replaceFirst("' .*", "'")).toList())
        .containsExactlyElementsIn(names.stream().map(name -> "'" + name + "'").toList());
  }

  /** What the altered file holds, by the names of the modules. */
  private static Map<String, StateDictDifference.Found> found(String part, Map<?, ?> altered) {
    Map<String, StateDictDifference.Found> inFile = new TreeMap<>();
    try (Checkpoint sample = Checkpoint.open(MODEL.resolve(part + ".pt"))) {
      for (String name : sample.names()) {
        String renamed = name;
        for (Object pair : list(altered, "rename")) {
          List<?> words = (List<?>) pair;
          renamed = renamed.replace((String) words.getFirst(), (String) words.getLast());
        }
        if (list(altered, "remove").stream()
            .noneMatch(prefix -> name.startsWith((String) prefix))) {
          inFile.put(renamed, tensor(sample.info(name).shape()));
        }
      }
    }
    map(altered, "add")
        .forEach((name, value) ->
            inFile.put(
                (String) name,
                value instanceof List<?> dims
                    ? tensor(shape(dims))
                    : new StateDictDifference.Found("no tensor", Optional.empty())));
    Map<String, StateDictDifference.Found> found = new TreeMap<>();
    inFile.forEach((name, value) ->
        found.put(part.equals("hift") ? name.replace("generator.", "") : name, value));
    return found;
  }

  private static StateDictDifference.Found tensor(Shape shape) {
    return new StateDictDifference.Found("F32 " + shape, Optional.of(shape));
  }

  private static Shape shape(List<?> dims) {
    return Shape.of(dims.stream().mapToLong(dim -> ((Integer) dim).longValue()).toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm", "flow", "hift"})
  void strict_checkpointOfTraining_isRefusedWithFileNamesAndRemedy(String part) throws IOException {
    CheckpointCopy.withNumbers(
        MODEL.resolve(part + ".pt"), folder.resolve(part + ".pt"), "epoch", "step");
    CheckpointWeights weights =
        part.equals("hift")
            ? CheckpointWeights.openVocoder(folder.resolve("hift.pt"))
            : CheckpointWeights.open(folder.resolve(part + ".pt"));

    BadInputException refused =
        assertThrows(BadInputException.class, () -> weights.strict(expected(MODEL, part)));

    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            folder.resolve(part + ".pt")
                + ": upstream's load_state_dict(strict=True) refuses it: unexpected 'epoch' (the"
                + " number 7), 'step' (the number 7); take these names out, so that only the"
                + " module's own state_dict is saved");
    assertThrows(IllegalStateException.class, () -> weights.get(firstName(part)).getFloat(0));
  }

  private static String firstName(String part) {
    return expected(MODEL, part).shapes().firstKey();
  }

  @Test
  void strict_asReleased_isTakenWithAllItsNames() {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(MODEL);
    try (CheckpointWeights llm = ModelWeights.llm(MODEL, "llm.pt", config);
        CheckpointWeights flow = ModelWeights.flow(MODEL, config);
        CheckpointWeights hift = ModelWeights.hift(MODEL, config)) {
      assertThat(llm.contains("llm.model.lm_head.weight")).isTrue();
      assertThat(flow.contains("decoder.estimator.rotary_embed.inv_freq")).isTrue();
      assertThat(hift.expect("conv_pre.parametrizations.weight.original0", 32, 1, 1).elements())
          .isEqualTo(32);
    }
  }

  @Test
  void strict_manyNamesUnexpectedAndMissing_areCountedAndCut() {
    try (CheckpointWeights hift = CheckpointWeights.openVocoder(MODEL.resolve("hift.pt"))) {
      String said = hift.difference(expected(MODEL, "flow")).toString();
      assertThat(said).doesNotContain("\n");
      assertThat(said).contains(" and 323 more; missing ");
      assertThat(said).contains(" and 45 more; take configuration and checkpoint from one model");
    }
  }

  /** Older halves win where both are there, as in PyTorch. */
  @Test
  void renamed_bothHalvesOfBothNames_takesTheOlder() {
    StateDict state = new StateDict.Builder().weightNormConv1d("c", 1, 1, 1).build();
    assertThat(
            state.renamed(
                Map.of(
                    "c.weight_g", 1,
                    "c.weight_v", 2,
                    "c.parametrizations.weight.original0", 3,
                    "c.parametrizations.weight.original1", 4,
                    "c.bias", 5)))
        .containsExactly(
            "c.parametrizations.weight.original0", 1,
            "c.parametrizations.weight.original1", 2,
            "c.bias", 5);
  }
}
