package parity.cosyvoice.random;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.config.FlowConfig;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * The fixed noise of the flow and of the vocoder, drawn anew in upstream's order.
 *
 * <p>The flow's decoder seeds PyTorch with 0 and draws its noise. What is built after it goes on
 * with the same generator: first the initial weights of the rest of the flow and of the F0
 * predictor, which the checkpoint then replaces, and between them the vocoder's noise. So its noise
 * depends on the dimensions of all that stands before it.
 *
 * @param randNoise {@code flow.decoder.rand_noise} [1, 80, 15000], normal
 * @param nsfRandIni {@code hift.m_source.l_sin_gen.rand_ini} [1, 9], in [0, 1), the first 0
 * @param nsfSineWaves {@code hift.m_source.l_sin_gen.sine_waves} [1, S, 9], in [0, 1): the first S
 *     samples of it
 */
public record RandomBuffers(Tensor randNoise, Tensor nsfRandIni, Tensor nsfSineWaves) {
  /** flow/flow_matching.py, {@code CausalConditionalCFM}: {@code set_all_random_seed(0)}. */
  private static final long SEED = 0;

  /** The same: {@code torch.randn([1, 80, 50 * 300])}, whatever the configuration says. */
  private static final Shape RAND_NOISE = Shape.of(1, 80, 50 * 300);

  /** hifigan/generator.py, {@code SineGen2}: {@code torch.rand(1, 9)}. */
  private static final int HARMONICS = 9;

  /** The same and {@code SourceModuleHnNSF}: 300 s at 24 kHz, whatever the rate. */
  public static final int MAX_SAMPLES = 300 * 24000;

  /** hifigan/f0_predictor.py, {@code CausalConvRNNF0Predictor}: taps of its five convolutions. */
  private static final int[] F0_KERNELS = {4, 3, 3, 3, 3};

  /**
   * Draws the buffers.
   *
   * @param samples S, the samples of audio that will be made at most
   * @param arena owns the three tensors
   * @throws BadInputException if {@code samples} is more than the 300 s that upstream's noise lasts
   */
  public static RandomBuffers draw(CosyVoiceConfig config, int samples, Arena arena) {
    requireCovered(samples);
    TorchGenerator generator = new TorchGenerator(SEED);
    Tensor randNoise = Tensor.allocate(DType.F32, RAND_NOISE, arena);
    generator.randn(randNoise);
    skipWeights(generator, config);
    Tensor randIni = Tensor.allocate(DType.F32, Shape.of(1, HARMONICS), arena);
    generator.rand(randIni);
    randIni.setFloat(0, 0);
    Tensor sineWaves = Tensor.allocate(DType.F32, Shape.of(1, samples, HARMONICS), arena);
    generator.rand(sineWaves);
    return new RandomBuffers(randNoise, randIni, sineWaves);
  }

  /**
   * {@code hift.m_source.uv} [1, S, 1], in [0, 1): what the noise branch would be made of. Upstream
   * computes that branch and drops it.
   *
   * @throws BadInputException if {@code samples} is more than the 300 s that upstream's noise lasts
   */
  public static Tensor uv(CosyVoiceConfig config, int samples, Arena arena) {
    requireCovered(samples);
    TorchGenerator generator = new TorchGenerator(SEED);
    generator.skipNormal(RAND_NOISE.elements());
    skipWeights(generator, config);
    generator.skip(HARMONICS + (long) MAX_SAMPLES * HARMONICS);
    skipLinear(generator, config.hift().nbHarmonics() + 1, 1);
    Tensor uv = Tensor.allocate(DType.F32, Shape.of(1, samples, 1), arena);
    generator.rand(uv);
    return uv;
  }

  private static void requireCovered(int samples) {
    if (samples > MAX_SAMPLES) {
      throw new BadInputException(
          "%d samples of audio are more than the %d for which upstream has noise; take less text"
              .formatted(samples, MAX_SAMPLES));
    }
  }

  /** What is drawn between the flow's noise and the vocoder's. */
  private static void skipWeights(TorchGenerator generator, CosyVoiceConfig config) {
    skipFlow(generator, config.flow());
    skipF0Predictor(generator, config.hift().f0Predictor());
  }

  /** flow/flow.py, {@code CausalMaskedDiffWithDiT.__init__}; its parts are made before it. */
  private static void skipFlow(TorchGenerator generator, FlowConfig flow) {
    generator.skipNormal((long) flow.vocabSize() * flow.inputSize());
    skipLinear(generator, flow.spkEmbedDim(), flow.outputSize());
  }

  /** It is made before the vocoder. Weight norm draws nothing. */
  private static void skipF0Predictor(TorchGenerator generator, F0PredictorConfig f0) {
    long in = f0.inChannels();
    for (int kernel : F0_KERNELS) {
      generator.skip(f0.condChannels() * in * kernel + f0.condChannels());
      in = f0.condChannels();
    }
    skipLinear(generator, f0.condChannels(), f0.numClass());
  }

  /** {@code nn.Linear}: uniform weight, uniform bias. */
  private static void skipLinear(TorchGenerator generator, long in, long out) {
    generator.skip(out * in + out);
  }
}
