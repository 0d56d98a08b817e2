package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.OneOther;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class HiftMismatchTest {
  private static final TapSink NOWHERE = TapSink.NONE;
  private final Arena arena = Arena.ofConfined();
  private HiftSample sample;

  @BeforeEach
  void open() {
    sample = new HiftSample();
  }

  @AfterEach
  void close() {
    sample.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m_source.l_linear.weight",
        "f0_predictor.condnet.4.parametrizations.weight.original1",
        "f0_predictor.classifier.bias",
        "conv_pre.parametrizations.weight.original0",
        "ups.1.parametrizations.weight.original1",
        "source_downs.0.weight",
        "resblocks.8.activations2.2.alpha",
        "conv_post.bias"
      })
  void new_tensorOfOtherDimensions_isRefusedByName(String name) {
    Weights altered = new OneOther(sample.weights(), name, RandomWeights.random(1, 1, 3, 5, 7));

    String message = refusal(() -> new Hift(sample.config(), altered, HiftOptions.of(1)));

    assertThat(message).contains("tensor " + name + " is F32 [3, 5, 7]");
  }

  @Test
  void inference_melOfOtherBins_isRefused() {
    Tensor mel = RandomWeights.random(1, 1, 1, 79, 20);

    assertThat(refusal(() -> infer(mel, sample.noise(), true)))
        .isEqualTo(
            "the mel is F32 [1, 79, 20]; the vocoder takes F32 [1, 80, T] with T of 1 or more");
  }

  @Test
  void inference_notFinalMelOfContextAlone_isRefused() {
    assertThat(refusal(() -> infer(sample.mel(7), sample.noise(), false)))
        .contains("with T of 8 or more");
  }

  @Test
  void inference_noiseThatEndsOneSampleEarly_isRefused() {
    int samples = 10 * 480;
    SourceNoise noise = new SourceNoise(sample.noise().randIni(), waves(samples), Optional.empty());
    SourceNoise shorter =
        new SourceNoise(sample.noise().randIni(), waves(samples - 1), Optional.empty());

    assertThat(infer(sample.mel(10), noise, true).audio().elements()).isEqualTo(samples);
    assertThat(refusal(() -> infer(sample.mel(10), shorter, true)))
        .contains("nsf_sine_waves is F32 [1, 4799, 9]");
  }

  @ParameterizedTest
  @CsvSource({"4799", "4801"})
  void decode_sourceOfOtherLength_isRefused(int samples) {
    Tensor source = RandomWeights.random(1, 1, 1, 1, samples);
    try (Hift hift = sample.hift(HiftOptions.of(1))) {
      assertThat(refusal(() -> hift.decode(sample.mel(10), source, true, NOWHERE, arena)))
          .isEqualTo(
              "the source is F32 [1, 1, %d]; a mel of 10 frames takes F32 [1, 1, 4800]"
                  .formatted(samples));
    }
  }

  @Test
  void close_twice_freesOnceAndEndsAllUse() {
    Hift hift = sample.hift(HiftOptions.of(1));
    hift.close();
    hift.close();

    assertThrows(
        IllegalStateException.class,
        () -> hift.decode(sample.mel(), sample.source(), true, NOWHERE, arena));
  }

  private static Tensor waves(int samples) {
    return Tensor.ofFloats(Shape.of(1, samples, 9), new float[samples * 9]);
  }

  private Speech infer(Tensor mel, SourceNoise noise, boolean finalize) {
    try (Hift hift = sample.hift(HiftOptions.of(1))) {
      return hift.inference(mel, noise, finalize, NOWHERE, arena);
    }
  }

  private static String refusal(Executable work) {
    return String.valueOf(assertThrows(BadInputException.class, work).getMessage());
  }
}
