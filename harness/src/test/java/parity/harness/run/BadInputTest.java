package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/** Unusable inputs: exit 3, one line that names the file, and earlier results as they were. */
final class BadInputTest {
  private static final byte[] JPEG = {
    (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1
  };

  @TempDir Path folder;

  private Path model() {
    return folder.resolve("model");
  }

  private Path capture() {
    return folder.resolve("capture");
  }

  private Path wav() {
    return folder.resolve("prompt.wav");
  }

  private Path out() {
    return folder.resolve("out");
  }

  @BeforeEach
  void copy() throws IOException {
    Samples.copy(Samples.MODEL, model());
    Samples.copy(Samples.CAPTURE, capture());
    Samples.replace(wav(), Files.readAllBytes(Samples.WAV));
    Files.createDirectories(out());
    for (String earlier : List.of("report.json", "test_flow.log", "debug_artifacts.safetensors")) {
      Files.writeString(out().resolve(earlier), "an earlier run's " + earlier);
    }
  }

  private Parity run(String stages, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("run", "--stages", stages, "--model-dir", model(), "--artifacts", capture()));
    arguments.addAll(List.of("--prompt-wav", wav(), "--out", out(), "--threads", "2"));
    arguments.addAll(Arrays.asList(more));
    return Parity.run(arguments.toArray());
  }

  private Map<String, String> results() throws IOException {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        results.put(out().relativize(file).toString(), Files.readString(file));
      }
    }
    return results;
  }

  private void assertRefused(Parity run, String named, Map<String, String> before)
      throws IOException {
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).matches("parity: .+\\R");
    assertThat(run.err()).contains(named);
    assertThat(results()).isEqualTo(before);
  }

  /** Every input, the stages that read it, and ways in which it can be no such file. */
  static Stream<Arguments> inputs() {
    Map<String, String> stages = new TreeMap<>();
    stages.put("model/cosyvoice3.yaml", "llm");
    stages.put("model/flow.pt", "flow");
    stages.put("model/hift.pt", "hift");
    stages.put("model/llm.pt", "llm");
    stages.put("model/CosyVoice-BlankEN/config.json", "llm");
    stages.put("model/speech_tokenizer_v3.onnx", "frontend");
    stages.put("model/campplus.onnx", "frontend");
    stages.put("prompt.wav", "frontend");
    stages.put("capture/frontend_artifacts.safetensors", "frontend");
    stages.put("capture/debug_artifacts.safetensors", "hift");
    stages.put("capture/debug_artifacts.wav", "hift");
    stages.put("capture/taps_flow.safetensors", "flow");
    stages.put("capture/truth_outputs.safetensors", "flow");
    stages.put("capture/checksums.txt", "llm");
    return stages.entrySet().stream()
        .flatMap(input ->
            Stream.of("missing", "empty", "cut", "text", "jpeg", "folder")
                .filter(way -> !lawful(input.getKey(), way))
                .map(way -> Arguments.of(input.getKey(), input.getValue(), way)));
  }

  /** What a capture need not have; and a text that is cut at a line's end, or empty, is a text. */
  private static boolean lawful(String input, String way) {
    boolean optional =
        List.of("capture/debug_artifacts.wav", "capture/checksums.txt").contains(input);
    return (optional && way.equals("missing"))
        || (input.equals("capture/checksums.txt") && way.equals("empty"));
  }

  /** About two thirds; of checksums the middle of one, as shorter names are names, too. */
  private static int cut(String input, byte[] whole) {
    int end = whole.length * 2 / 3 + 1;
    if (input.equals("capture/checksums.txt")) {
      while (whole[end - 1] != '\n') {
        end--;
      }
      return end + 32;
    }
    return end;
  }

  /** Where a WAV file's header has channels, rate, block align and bits. */
  @ParameterizedTest
  @CsvSource({
    "22, 0, '0 channels, expected 1 to 511'",
    "22, 2, 'block align is 4, but a frame of 2 channel(s) of 32 bits has 8 bytes'",
    "24, 0, 'sampling rate 0 Hz'",
    "32, 0, 'block align is 0, but a frame of 1 channel(s) of 32 bits has 4 bytes'",
    "32, 23556, 'block align is 23556, but a frame of 1 channel(s) of 32 bits has 4 bytes'",
    "34, 16, 'WAV with IEEE float of 16 bits'",
    "20, 1, 'a WAV of S32 with 1 channel(s), expected F32 with 1, as a capture has it'"
  })
  void run_waveformOfAContradictoryHeader_endsAndSaysWhat(int at, int value, String message)
      throws IOException {
    Path wav = capture().resolve("debug_artifacts.wav");
    byte[] bytes = Files.readAllBytes(wav);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort(at, (short) value);
    Samples.replace(wav, bytes);
    Map<String, String> before = results();
    assertRefused(run("hift"), "debug_artifacts.wav: ", before);
    assertThat(run("hift").err()).contains(message);
  }

  @Test
  void run_configurationBeyondAllMeasure_namesFieldAndValue() throws IOException {
    Path config = model().resolve("CosyVoice-BlankEN/config.json");
    Map<String, String> before = results();
    String deep = "[".repeat(1500) + "]".repeat(1500);
    Samples.replace(config, ("{\"a\":" + deep + "}").getBytes(UTF_8));
    assertRefused(run("llm", "--force-model"), "config.json: a is '[[[", before);
    Samples.replace(config, ("{\"hidden_size\":" + "9".repeat(1200) + "}").getBytes(UTF_8));
    assertRefused(run("llm", "--force-model"), "config.json: hidden_size is '999", before);
  }

  /** As the cache of the Hugging Face hub has it. */
  @Test
  void run_modelFolderOfLinks_isTheModel() throws IOException {
    Path links = folder.resolve("links");
    try (Stream<Path> files = Files.walk(model())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path link = links.resolve(model().relativize(file));
        Path blob = folder.resolve("blob " + file.getFileName());
        Path parent = Files.createDirectories(Objects.requireNonNull(link.getParent()));
        Files.copy(file, blob);
        Files.createSymbolicLink(link, parent.relativize(blob));
      }
    }
    Files.move(model(), folder.resolve("away"));
    Files.createSymbolicLink(model(), links);
    Parity run = run("frontend,flow");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void run_unusableInput_isRefusedAndNothingIsLost(String input, String stages, String way)
      throws IOException {
    Path file = folder.resolve(input);
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    switch (way) {
      case "missing" -> {}
      case "empty" -> Files.write(file, new byte[0]);
      case "cut" -> Files.write(file, Arrays.copyOf(whole, cut(input, whole)));
      case "text" -> Files.writeString(file, "This is: [no such file\n");
      case "jpeg" -> Files.write(file, JPEG);
      default -> Files.createDirectory(file);
    }
    Map<String, String> before = results();
    Parity run = run(stages, "--force-model");
    if (run.exitCode() == 2 && way.equals("missing")) {
      // A capture that has lost a file whose tensors its checksums know.
      assertThat(run.out()).contains(file.getFileName() + " is gone");
    } else {
      assertRefused(run, file.getFileName().toString(), before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flow", "hift", "llm"})
  void run_modelOfOtherDimensions_isRefusedWithTensorAndShapes(String stage) throws IOException {
    Path yaml = model().resolve("cosyvoice3.yaml");
    String text = Files.readString(yaml);
    String other =
        switch (stage) {
          case "flow" -> text.replaceFirst("(?m)^( +)dim: \\d+", "$1dim: 96");
          case "hift" -> text.replaceFirst("base_channels: \\d+", "base_channels: 96");
          default -> text.replaceFirst("llm_input_size: \\d+", "llm_input_size: 48");
        };
    assertThat(other).isNotEqualTo(text);
    Samples.replace(yaml, other.getBytes(UTF_8));
    Map<String, String> before = results();
    Parity run = run(stage);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).matches("parity: .+\\R");
    assertThat(run.err()).containsMatch(stage + "\\.pt|cosyvoice3\\.yaml|config\\.json");
    assertThat(results()).isEqualTo(before);
  }

  @Test
  void run_outThatIsAFileOrBelowOne_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    for (Path wrong : new Path[] {file, file.resolve("below")}) {
      Parity run = Parity.run("llm", "--out", wrong);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).matches("parity: .+\\R");
      assertThat(run.err()).contains(wrong.toString());
      assertThat(Files.readString(file)).isEqualTo("mine");
    }
  }

  @Test
  void run_anotherModelThanTheCaptures_isRefusedUnlessForced() throws IOException {
    Path weights = model().resolve("llm.pt");
    byte[] bytes = Files.readAllBytes(weights);
    // The zip's comment: another file, with the same weights.
    Samples.replace(weights, commented(bytes));
    Map<String, String> before = results();
    Parity refused = run("llm");
    assertRefused(refused, "llm.pt", before);
    assertThat(refused.err()).contains("--force-model");
    assertThat(run("llm", "--force-model").exitCode()).isEqualTo(0);
  }

  private static byte[] commented(byte[] zip) {
    byte[] commented = Arrays.copyOf(zip, zip.length + 1);
    commented[zip.length - 2] = 1;
    commented[zip.length] = '!';
    return commented;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--n-timesteps 1",
        "--n-timesteps 0",
        "--voiced-threshold 5",
        "--f0-precision float32",
        "--segment-index 1"
      })
  void run_optionAgainstWhatTheCaptureSays_isRefused(String option) throws IOException {
    List<String> words = List.of(option.split(" ", -1));
    Map<String, String> before = results();
    assertRefused(run("llm", words.toArray()), words.getFirst(), before);
  }

  @Test
  void run_filesOfTwoCaptures_isRefused() throws IOException {
    Samples.rewriteMetadata(
        capture().resolve("taps_llm.safetensors"), metadata -> metadata.put("seed", "1"));
    Map<String, String> before = results();
    assertRefused(run("llm"), "taps_llm.safetensors", before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[null]", "{}", "7", "[", "[1]", ""})
  void run_orderThatIsNoListOfNames_isRefused(String order) throws IOException {
    Samples.rewriteMetadata(
        capture().resolve("taps_llm.safetensors"), metadata -> metadata.put("order", order));
    Map<String, String> before = results();
    Parity run = run("llm");
    assertRefused(run, "order", before);
  }

  @ParameterizedTest
  @CsvSource({"8000, 8000, 0", "16000, 480001, 0", "16000, 0, 0", "16000, 16000, NaN"})
  void run_recordingThatUpstreamRefuses_isRefused(int rate, int samples, float value)
      throws IOException {
    Samples.replace(wav(), recording(rate, samples, value));
    Map<String, String> before = results();
    assertRefused(run("frontend"), "prompt.wav", before);
  }

  /** A mono float32 WAV file. */
  private static byte[] recording(int rate, int samples, float value) {
    int size = samples * Float.BYTES;
    ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(UTF_8)).putInt(36 + size).put("WAVEfmt ".getBytes(UTF_8)).putInt(16);
    wav.putShort((short) 3).putShort((short) 1).putInt(rate).putInt(rate * Float.BYTES);
    wav.putShort((short) Float.BYTES).putShort((short) Float.SIZE);
    wav.put("data".getBytes(UTF_8)).putInt(size);
    for (int i = 0; i < samples; i++) {
      wav.putFloat(value);
    }
    return wav.array();
  }
}
