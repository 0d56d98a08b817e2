package parity.harness.regime;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.fixture.Samples;
import parity.harness.result.Exercised;
import parity.harness.run.CaptureRegimes;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Captures that were made to exercise one thing, and what is counted in them. */
final class RegimesTest {
  private static final CosyVoiceConfig CONFIG = CosyVoiceConfigReader.read(Samples.MODEL);
  private static final int IDS = 6761;
  private static final int STOP = 6562;

  @TempDir Path folder;

  private Path capture;

  @BeforeEach
  void copy() {
    capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
  }

  private OptionalLong times(String regime) {
    return CaptureRegimes.count(capture, CONFIG).counts().stream()
        .filter(count -> count.regime().equals(regime))
        .findFirst()
        .orElseThrow()
        .times();
  }

  private void assertTimes(String regime, long times) {
    assertWithMessage(regime).that(times(regime)).isEqualTo(OptionalLong.of(times));
  }

  private void full(Consumer<Map<String, Tensor>> change) {
    Samples.rewriteTensors(capture.resolve("debug_artifacts.safetensors"), change);
  }

  /** In every file, as one capture has the same metadata everywhere. */
  private void metadata(Consumer<Map<String, String>> change) throws IOException {
    try (var files = Files.list(capture)) {
      files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .forEach(file -> Samples.rewriteMetadata(file, change));
    }
  }

  private static Tensor ints(int... values) {
    return Tensor.ofInts(Shape.of(values.length), values);
  }

  private static Tensor row(int... values) {
    return Tensor.ofInts(Shape.of(1, values.length), values);
  }

  private static Tensor floats(float... values) {
    return Tensor.ofFloats(Shape.of(values.length), values);
  }

  @Test
  void all_haveNamesThatAreUniqueAndReadInAList() {
    List<String> names = Regimes.all().counts().stream().map(Exercised.Count::regime).toList();
    assertThat(names).containsNoDuplicates();
    assertThat(names.size()).isAtLeast(44);
    for (Exercised.Count count : Regimes.all().counts()) {
      assertWithMessage(count.regime()).that(count.regime()).doesNotContain(",");
      assertWithMessage(count.regime())
          .that(count.upstream())
          .matches("[a-zA-Z0-9_/]+\\.py:[0-9,]+");
      assertWithMessage(count.regime()).that(count.howTo()).isNotEmpty();
      assertThat(count.times()).isEmpty();
    }
  }

  /** What a run on the sample has to exercise for CI: samples/regimes.txt. */
  @Test
  void count_sample_exercisesWhatItsFileNames() throws IOException {
    List<String> exercised =
        CaptureRegimes.count(Samples.CAPTURE, CONFIG).counts().stream()
            .filter(Exercised.Count::exercised)
            .map(Exercised.Count::regime)
            .toList();
    assertThat(exercised)
        .containsExactlyElementsIn(Files.readAllLines(Samples.MODEL.resolveSibling("regimes.txt")))
        .inOrder();
  }

  /**
   * Makes the capture's language model draw these tokens, each from a nucleus of these sizes.
   *
   * @param prob of each member of each nucleus
   */
  private void draws(int textTokens, int[] tokens, int[] sizes, float prob) {
    float[] all = new float[Arrays.stream(sizes).sum()];
    Arrays.fill(all, prob);
    Samples.rewriteTensors(
        capture.resolve("sampling.safetensors"),
        tensors -> {
          tensors.put("token", ints(tokens));
          tensors.put("size", ints(sizes));
          tensors.put("step", ints(IntStream.range(0, sizes.length).toArray()));
          tensors.put("index", ints(new int[sizes.length]));
          tensors.put("prob", floats(all));
          tensors.put("draw", floats(all));
        });
    full(tensors -> {
      tensors.put("text", row(new int[textTokens]));
      tensors.put(
          "llm_logp",
          Tensor.ofFloats(Shape.of(tokens.length, IDS), new float[tokens.length * IDS]));
      tensors.put("token", row(Arrays.stream(tokens).filter(id -> id < 6561).toArray()));
    });
  }

  @Test
  void count_nuclei_areToldBySizeAndSum() {
    draws(5, new int[] {10, 11, 12, STOP}, new int[] {1, 7, 25, 25}, 0.01f);
    assertTimes("nucleus cut by top_p", 2);
    assertTimes("nucleus of one token", 1);
    assertTimes("nucleus cut by top_k", 2);
    draws(5, new int[] {10, STOP}, new int[] {25, 25}, 0.033f);
    assertTimes("nucleus cut by top_p", 0);
    assertTimes("nucleus cut by top_k", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "6562, end by the stop token",
    "6561, end by another stop token",
    "6600, end by another stop token"
  })
  void count_endByAStop_isToldByItsId(int stop, String regime) {
    draws(1, new int[] {10, 11, stop}, new int[] {9, 9, 9}, 0.1f);
    assertTimes(regime, 1);
    assertTimes("end by the greatest length", 0);
    assertTimes("end below the least length", 0);
    assertTimes("step below the least length", 2);
    assertTimes("step beyond the least length", 1);
    draws(2, new int[] {10, 11, stop}, new int[] {9, 9, 9}, 0.1f);
    assertTimes("end below the least length", 1);
  }

  @Test
  void count_endWithoutAStop_isByTheGreatestLength() {
    int[] tokens = IntStream.range(100, 120).toArray();
    int[] sizes = new int[20];
    Arrays.fill(sizes, 3);
    draws(1, tokens, sizes, 0.1f);
    assertTimes("end by the greatest length", 1);
    assertTimes("end by the stop token", 0);
  }

  @ParameterizedTest
  @CsvSource({"9, 0, 0", "10, 1, 0", "11, 0, 1", "12, 0, 0"})
  void count_repetition_isToldByItsDistance(int distance, int atTheEnd, int beyond) {
    int[] tokens = IntStream.range(100, 100 + distance + 2).toArray();
    tokens[distance] = 100;
    tokens[distance + 1] = STOP;
    int[] sizes = new int[tokens.length];
    Arrays.fill(sizes, 3);
    draws(50, tokens, sizes, 0.1f);
    assertTimes("repetition at the window's end", atTheEnd);
    assertTimes("repetition beyond the window", beyond);
  }

  @Test
  void count_secondDrawOfAStep_isThatFromAll_andTheFirstOneTellsWhatWasRepeated() {
    int[] tokens = {7, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, STOP};
    int[] sizes = new int[13];
    Arrays.fill(sizes, 2);
    sizes[11] = IDS;
    draws(50, tokens, sizes, 0.1f);
    Samples.rewriteTensors(
        capture.resolve("sampling.safetensors"),
        tensors -> {
          tensors.put("step", ints(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11));
          tensors.put("index", ints(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 12, 0));
        });
    full(tensors -> {
      float[] logp = Samples.of(tensors, "llm_logp").toFloats();
      logp[10 * IDS + 99] = 2;
      logp[10 * IDS + 7] = 1; // of rank 1, and ten steps ago
      tensors.put("llm_logp", Tensor.ofFloats(Shape.of(tokens.length, IDS), logp));
    });
    assertTimes("repeated token drawn again from all", 1);
    assertTimes("repetition at the window's end", 1);
  }

  @Test
  void count_silentTokens_areToldFromRunsAndFromWhatIsLeft() {
    int[] tokens = {1, 2, 28, 29, 55, 9, 1, 2, 28, 29, 55, 248, 7, STOP};
    int[] sizes = new int[tokens.length];
    Arrays.fill(sizes, 2);
    draws(50, tokens, sizes, 0.1f);
    assertTimes("five silent tokens in a row", 1);
    assertTimes("silent token dropped", 0);
    full(tensors -> tensors.put("token", row(1, 2, 28, 29, 55, 9, 1, 2, 28, 29, 55, 7)));
    assertTimes("silent token dropped", 1);
  }

  @Test
  void count_f0_isToldInRangesAndChanges() {
    Samples.rewriteTensors(
        capture.resolve("taps_hift.safetensors"),
        tensors ->
            tensors.put(
                "hift.f0_predictor",
                Tensor.ofFloats(Shape.of(1, 10), 0, 5, 5.1f, 10, 10.1f, 20, 80, 80.1f, 0, 399)));
    assertTimes("voiced frame", 5);
    assertTimes("unvoiced frame", 5);
    assertTimes("voice that begins", 2);
    assertTimes("voice that ends", 1);
    assertTimes("F0 just below the voiced threshold", 2);
    assertTimes("F0 just above the voiced threshold", 2);
    assertTimes("F0 of 80 to 160 Hz", 1);
    assertTimes("F0 of 160 to 250 Hz", 0);
    assertTimes("F0 of 250 to 400 Hz", 1);
  }

  @Test
  void count_withoutTaps_isNotTold() throws IOException {
    for (String part : List.of("taps", "inputs", "truth")) {
      Files.delete(capture.resolve(part + "_hift.safetensors"));
    }
    Files.delete(capture.resolve("truth_hift_cumulative.safetensors"));
    assertThat(times("voiced frame")).isEmpty();
    assertThat(times("magnitude clipped")).isEmpty();
    assertThat(times("sound clipped above")).isPresent();
  }

  @Test
  void count_clippedMagnitudesAndSound() {
    Samples.rewriteTensors(
        capture.resolve("taps_hift.safetensors"),
        tensors -> {
          float[] values = new float[18 * 2];
          values[0] = 4.6f;
          values[1] = 4.61f;
          values[17] = 5;
          values[18] = 9; // a phase
          tensors.put("hift.conv_post", Tensor.ofFloats(Shape.of(1, 18, 2), values));
        });
    assertTimes("magnitude clipped", 2);
    full(tensors -> {
      Tensor audio = Samples.of(tensors, "python_audio_output");
      float[] samples = new float[Math.toIntExact(audio.elements())];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = i < 3 ? 0.99f : i < 5 ? -0.99f : 0.98f;
      }
      tensors.put("python_audio_output", Tensor.ofFloats(audio.shape(), samples));
    });
    assertTimes("sound clipped above", 3);
    assertTimes("sound clipped below", 2);
  }

  @Test
  void count_schedule_ofOneThatIsSpokenAtOnce() {
    assertTimes("spoken at once", 1);
    assertTimes("mask of one block", 1);
    assertTimes("hop of 25", 0);
    assertTimes("last chunk alone", 0);
  }

  @Test
  void count_linesOfTheTextFrontend_ofUpstreamAsItIs() throws IOException {
    metadata(facts ->
        facts.put(
            UpstreamLines.KEY,
            "{\"cli/frontend.py\":{\"156\":[1,1],\"159\":[3,0]},"
                + "\"utils/frontend_utils.py\":{\"48\":[2,0],\"95\":[4,0],\"96\":[3,0]}}"));
    assertTimes("text in another language", 1);
    assertTimes("number spelled out", 2);
    assertTimes("empty sentence passed over", 1);
    assertTimes("segment of punctuation dropped", 0);
    assertTimes("text in Chinese", 0);
    metadata(facts -> facts.put("upstream_modified", "cosyvoice/cli/frontend.py"));
    assertThat(times("text in another language")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":", "{\"a\":{\"1\":2}} more", "17", "{\"a\":3}"})
  void count_linesThatMakeNoSense_countNothing(String lines) throws IOException {
    metadata(facts -> facts.put(UpstreamLines.KEY, lines));
    assertThat(times("text in another language").orElse(0)).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "16000, 1, 16000, 1, 0, 1, 0",
    "24000, 2, 24000, 0, 1, 1, 0",
    "44100, 1, 1200000, 0, 1, 0, 1",
    "22050, 1, 551250, 1, 1, 0, 0"
  })
  void count_recordings_areToldByTheirForm(
      int rate, int channels, long frames, int up, int down, int not, int lengthy)
      throws IOException {
    metadata(facts -> {
      facts.put("prompt_wav_rate", "" + rate);
      facts.put("prompt_wav_channels", "" + channels);
      facts.put("prompt_wav_frames", "" + frames);
    });
    assertTimes("resampled up", up);
    assertTimes("resampled down", down);
    assertTimes("not resampled", not);
    assertTimes("recording of one channel", channels == 1 ? 1 : 0);
    assertTimes("recording of several channels", channels > 1 ? 1 : 0);
    assertTimes("recording of over 25 s", lengthy);
  }

  @Test
  void count_damagedTensor_isNotToldAndStopsNothing() {
    Samples.rewriteTensors(
        capture.resolve("sampling.safetensors"), tensors -> tensors.remove("size"));
    assertThat(times("nucleus cut by top_k")).isEmpty();
    assertTimes("spoken at once", 1);
  }

  @Test
  void plus_addsUp_andWhatOneTellsIsTold() {
    Exercised one = CaptureRegimes.count(capture, CONFIG);
    Exercised both = one.plus(one).plus(Regimes.all());
    assertThat(both.counts()).hasSize(one.counts().size());
    for (int i = 0; i < one.counts().size(); i++) {
      OptionalLong times = one.counts().get(i).times();
      assertThat(both.counts().get(i).times())
          .isEqualTo(times.isEmpty() ? times : OptionalLong.of(2 * times.getAsLong()));
    }
  }
}
