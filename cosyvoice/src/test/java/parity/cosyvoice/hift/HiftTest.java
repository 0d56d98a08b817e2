package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static parity.cosyvoice.SampleCapture.relativeL2;
import static parity.cosyvoice.SampleCapture.sigma;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class HiftTest {
  private static final TapSink NOWHERE = TapSink.NONE;
  private static HiftSample sample;
  private static Hift hift;

  @BeforeAll
  static void open() {
    sample = new HiftSample();
    hift = sample.hift(HiftOptions.of(2));
  }

  @AfterAll
  static void close() {
    hift.close();
    sample.close();
  }

  @Test
  void inference_sampleMel_isPythonsWaveformAndSource() {
    try (Arena arena = Arena.ofConfined()) {
      Speech speech = hift.inference(sample.mel(), sample.noise(), true, NOWHERE, arena);

      requireParity("python_audio_output", speech.audio(), 2e-5);
      requireParity("python_hift_source", speech.source(), 2e-7);
    }
  }

  @Test
  void decode_sampleMelAndSource_isPythonsWaveform() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor audio = hift.decode(sample.mel(), sample.source(), true, NOWHERE, arena);

      Tensor expected = sample.artifacts().get("python_audio_output");
      Tensor rounding = sample.truthOutputs().get("python_audio_output.from_source");
      assertThat(relativeL2(audio, expected)).isAtMost(2e-5);
      assertThat(sigma(audio, expected, rounding)).isAtMost(2.0);
    }
  }

  private static void requireParity(String name, Tensor computed, double limit) {
    Tensor expected = sample.artifacts().get(name);
    Tensor rounding = sample.truthOutputs().get(name);
    assertThat(computed.shape()).isEqualTo(expected.shape());
    assertThat(relativeL2(computed, expected)).isAtMost(limit);
    assertThat(sigma(computed, expected, rounding)).isAtMost(2.0);
  }

  @Test
  void inference_tapped_everyCapturedModuleIsPythons() {
    List<String> seen = new ArrayList<>();
    TapSink sink =
        only(
            sample.taps()::contains,
            (path, tensor) -> {
              seen.add(path);
              requireTap(path, tensor);
            });
    try (Arena arena = Arena.ofConfined()) {
      hift.inference(sample.mel(), sample.noiseWithBranch(arena), true, sink, arena);
    }
    assertThat(seen).containsExactlyElementsIn(sample.taps().names());
    String order = String.join("\", \"", seen);
    assertThat(sample.taps().metadata().get("order")).contains(order);
  }

  private static TapSink only(Predicate<String> wanted, BiConsumer<String, Tensor> taken) {
    return new TapSink() {
      @Override
      public boolean wants(String path, int call) {
        assertThat(call).isEqualTo(0);
        return wanted.test(path);
      }

      @Override
      public void accept(String path, int call, Tensor tensor) {
        assertThat(call).isEqualTo(0);
        taken.accept(path, tensor);
      }
    };
  }

  private static void requireTap(String path, Tensor tensor) {
    Tensor expected = sample.taps().get(path);
    assertThat(tensor.toString()).isEqualTo(expected.toString());
    if (expected.dtype() == DType.F64) {
      assertWithMessage(path).that(relativeL2(tensor, expected)).isAtMost(1e-12);
    } else {
      double sigma = sigma(tensor, expected, sample.truth().get(path));
      assertWithMessage(path).that(sigma).isAtMost(2.0);
    }
  }

  /** All that the vocoder does is causal but for 8 frames, so a chunk is a piece of the whole. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 11, 12})
  void inference_notFinal_isTheWholesBeginningLessEightFrames(int frames) {
    try (Arena arena = Arena.ofConfined()) {
      Speech chunk = hift.inference(sample.mel(frames), sample.noise(), false, NOWHERE, arena);

      assertThat(chunk.audio().shape()).isEqualTo(Shape.of(1, (frames - 8) * 480L));
      assertThat(chunk.source().shape()).isEqualTo(Shape.of(1, 1, (frames - 3) * 480L));
      Tensor whole = sample.artifacts().get("python_audio_output");
      if (frames > 8) {
        assertThat(relativeL2(chunk.audio(), whole)).isAtMost(2e-5);
      }
      assertThat(relativeL2(chunk.source(), sample.source())).isAtMost(2e-7);
    }
  }

  /** The waveform is the inverse transform clamped, and less its last frame where more follows. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inference_spectrumTapped_isOfTheWholeSourceAndTheWaveformBeforeItsClamp(boolean isFinal) {
    Map<String, float[]> taps = new HashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      TapSink sink =
          only(
              path -> path.matches("hift\\._i?stft.*"),
              (path, tensor) -> taps.put(path, tensor.toFloats()));
      Speech speech = hift.inference(sample.mel(), sample.noise(), isFinal, sink, arena);
      Speech plain = hift.inference(sample.mel(), sample.noise(), isFinal, NOWHERE, arena);

      assertThat(taps.keySet()).containsExactly("hift._stft.0", "hift._stft.1", "hift._istft");
      int samples = Math.toIntExact(speech.source().elements());
      assertThat(taps.get("hift._stft.0")).hasLength(9 * (samples / 4 + 1));
      assertThat(taps.get("hift._stft.1")).hasLength(9 * (samples / 4 + 1));
      float[] signal = Objects.requireNonNull(taps.get("hift._istft"));
      float[] audio = speech.audio().toFloats();
      assertThat(signal).hasLength(audio.length + (isFinal ? 0 : 480));
      for (int i = 0; i < audio.length; i++) {
        assertThat(audio[i]).isEqualTo(Math.clamp(signal[i], -0.99f, 0.99f));
      }
      assertThat(speech.audio().data().mismatch(plain.audio().data())).isEqualTo(-1);
    }
  }

  @Test
  void inference_singlePrecisionF0_isNearAndNoLongerExact() {
    String path = "hift.f0_predictor";
    HiftOptions options = HiftOptions.of(1).withF0Precision(DType.F32);
    try (Arena arena = Arena.ofConfined();
        Hift single = sample.hift(options)) {
      single.inference(
          sample.mel(),
          sample.noise(),
          true,
          only(
              path::equals,
              (name, f0) -> {
                assertThat(f0.dtype()).isEqualTo(DType.F32);
                double distance = relativeL2(f0, sample.taps().get(path));
                assertThat(distance).isAtMost(2e-6);
                assertThat(distance).isAtLeast(1e-8);
              }),
          arena);
    }
  }

  @Test
  void inference_thresholdAboveEveryF0_isUnvoicedNoise() {
    String path = "hift.m_source.l_sin_gen.1";
    HiftOptions options = HiftOptions.of(1).withVoicedThreshold(24000);
    List<Float> voiced = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        Hift unvoiced = sample.hift(options)) {
      unvoiced.inference(
          sample.mel(),
          sample.noise(),
          true,
          only(path::equals, (name, uv) -> collect(uv, voiced)),
          arena);
    }
    assertThat(voiced).hasSize(12 * 480);
    assertThat(voiced).doesNotContain(1f);
  }

  private static void collect(Tensor tensor, List<Float> values) {
    for (float value : tensor.toFloats()) {
      values.add(value);
    }
  }

  @Test
  void inference_noiseBranchGiven_tapsIt() {
    String path = "hift.m_source.1";
    float[] uv = new float[12 * 480];
    uv[1] = 0.75f;
    SourceNoise noise =
        new SourceNoise(
            sample.noise().randIni(),
            sample.noise().sineWaves(),
            Optional.of(Tensor.ofFloats(Shape.of(1, uv.length, 1), uv)));
    List<Float> branch = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      TapSink sink = only(path::equals, (name, tensor) -> collect(tensor, branch));
      hift.inference(sample.mel(), noise, true, sink, arena);
    }
    assertThat(branch).hasSize(12 * 480);
    assertThat(branch.subList(0, 3)).containsExactly(0f, 0.75f * 0.1f / 3, 0f).inOrder();
  }
}
