package parity.cosyvoice.random;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.config.HiftConfig;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Numbers are from upstream's own buffers, for the sample and for two other configurations. */
final class RandomBuffersTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  private final CosyVoiceConfig sample = CosyVoiceConfigReader.read(SAMPLES.resolve("model"));
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void draw_sample_equalsTheCaptureToTheBit() {
    try (TensorFile capture =
        Safetensors.open(SAMPLES.resolve("capture").resolve("debug_artifacts.safetensors"))) {
      Tensor sineWaves = capture.get("nsf_sine_waves");

      RandomBuffers drawn =
          RandomBuffers.draw(sample, Math.toIntExact(sineWaves.shape().dim(1)), arena);

      assertSame(drawn.randNoise(), capture.get("rand_noise"));
      assertSame(drawn.nsfRandIni(), capture.get("nsf_rand_ini"));
      assertSame(drawn.nsfSineWaves(), sineWaves);
    }
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.data().mismatch(expected.data())).isEqualTo(-1);
  }

  @Test
  void draw_releasedDimensions_equalsUpstream() {
    CosyVoiceConfig config = withDimensions(80, 192, 6561, 512);

    RandomBuffers drawn = RandomBuffers.draw(config, 1, arena);

    assertThat(drawn.nsfRandIni().toFloats())
        .isEqualTo(
            new float[] {
              0,
              0.17098892f,
              0.1653319f,
              0.14378005f,
              0.7629474f,
              0.65893006f,
              0.027519047f,
              0.43482542f,
              0.05383557f
            });
    assertThat(drawn.nsfSineWaves().toFloats())
        .isEqualTo(
            new float[] {
              0.922826f,
              0.4774475f,
              0.8270518f,
              0.28345716f,
              0.7934816f,
              0.1734348f,
              0.85237503f,
              0.9228546f,
              0.73102f
            });
    assertThat(drawn.randNoise().getFloat(15000)).isWithin(1e-6f).of(0.869179f);
    assertThat(RandomBuffers.uv(config, 4, arena).toFloats())
        .isEqualTo(new float[] {0.2516058f, 0.87399584f, 0.5279191f, 0.69869286f});
  }

  @Test
  void draw_embeddingThatEndsInsideABlockOf16_equalsUpstream() {
    CosyVoiceConfig config = withDimensions(83, 97, 4099, 27);

    RandomBuffers drawn = RandomBuffers.draw(config, 1, arena);

    assertThat(drawn.nsfRandIni().toFloats())
        .isEqualTo(
            new float[] {
              0,
              0.6414194f,
              0.72694314f,
              0.38104916f,
              0.030178249f,
              0.48971468f,
              0.79994005f,
              0.54260665f,
              0.65775806f
            });
    assertThat(drawn.nsfSineWaves().getFloat(8)).isEqualTo(0.5530491f);
  }

  @Test
  void draw_noSamples_isEmpty() {
    assertThat(RandomBuffers.draw(sample, 0, arena).nsfSineWaves().shape())
        .isEqualTo(Shape.of(1, 0, 9));
  }

  @Test
  void draw_300SecondsAndOneSample_isRefused() {
    int tooMany = RandomBuffers.MAX_SAMPLES + 1;

    BadInputException refusal =
        assertThrows(BadInputException.class, () -> RandomBuffers.draw(sample, tooMany, arena));

    assertThat(refusal).hasMessageThat().contains("7200001 samples of audio are more than");
    assertThrows(BadInputException.class, () -> RandomBuffers.uv(sample, tooMany, arena));
  }

  private CosyVoiceConfig withDimensions(int inputSize, int spk, int vocab, int condChannels) {
    FlowConfig f = sample.flow();
    HiftConfig h = sample.hift();
    FlowConfig flow =
        new FlowConfig(
            inputSize,
            f.outputSize(),
            spk,
            vocab,
            f.tokenMelRatio(),
            f.preLookaheadLen(),
            f.preLookaheadChannels(),
            f.cfm(),
            f.estimator());
    HiftConfig hift =
        new HiftConfig(
            h.inChannels(),
            h.baseChannels(),
            h.nbHarmonics(),
            h.samplingRate(),
            h.nsfAlpha(),
            h.nsfSigma(),
            h.nsfVoicedThreshold(),
            h.upsampleRates(),
            h.upsampleKernelSizes(),
            h.nFft(),
            h.hopLen(),
            h.resblockKernelSizes(),
            h.resblockDilationSizes(),
            h.sourceResblockKernelSizes(),
            h.sourceResblockDilationSizes(),
            h.lreluSlope(),
            h.audioLimit(),
            h.convPreLookRight(),
            new F0PredictorConfig(1, h.inChannels(), condChannels));
    return new CosyVoiceConfig(
        sample.sampleRate(), spk, sample.llm(), flow, hift, sample.featExtractor());
  }
}
