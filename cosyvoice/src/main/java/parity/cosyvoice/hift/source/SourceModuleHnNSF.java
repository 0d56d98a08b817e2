package parity.cosyvoice.hift.source;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code SourceModuleHnNSF(sinegen_type="2", causal=True)} of hifigan/generator.py: the harmonics
 * merged into one excitation.
 */
public final class SourceModuleHnNSF {
  private final SineGen2 sineGen;
  private final float sineAmp;
  private final float[] weight;
  private final float bias;

  public SourceModuleHnNSF(HiftConfig config, Weights weights, SineGen2 sineGen) {
    this.sineGen = sineGen;
    this.sineAmp = (float) config.nsfAlpha();
    this.weight =
        weights.expect("m_source.l_linear.weight", 1, config.nbHarmonics() + 1).toFloats();
    this.bias = weights.expect("m_source.l_linear.bias", 1).getFloat(0);
  }

  /** The phase before the first frame of an utterance. */
  SineGen2.Phase start() {
    return sineGen.start();
  }

  /**
   * Makes the excitation of the frames that follow.
   *
   * @param f0 Hz at every sample of them, F32 [1, S, 1]
   * @param random from the first of these samples on
   * @param phase goes on by these frames
   * @return F32 [1, S, 1]
   */
  Tensor forward(Tensor f0, SourceNoise random, SineGen2.Phase phase, Watch watch, Arena arena) {
    SineGen2.Output sines = sineGen.forward(f0, random, phase, arena);
    Tensor waves = watch.pass("m_source.l_sin_gen.0", sines.sineWaves());
    Tensor uv = watch.pass("m_source.l_sin_gen.1", sines.uv());
    watch.offer("m_source.l_sin_gen.2", sines.noise());
    Tensor linear = linear(waves, f0.shape(), arena);
    linear = watch.pass("m_source.l_linear", linear);
    Tensor tanh = Tensor.allocate(DType.F32, f0.shape(), arena);
    for (long s = 0; s < tanh.elements(); s++) {
      tanh.setFloat(s, (float) Math.tanh(linear.getFloat(s)));
    }
    tanh = watch.pass("m_source.l_tanh", tanh);
    Tensor source = watch.pass("m_source.0", tanh);
    noise(random, f0.shape(), arena).ifPresent(noise -> watch.offer("m_source.1", noise));
    watch.offer("m_source.2", uv);
    return source;
  }

  private Tensor linear(Tensor waves, Shape shape, Arena arena) {
    Tensor merged = Tensor.allocate(DType.F32, shape, arena);
    for (long s = 0; s < merged.elements(); s++) {
      double sum = bias;
      for (int k = 0; k < weight.length; k++) {
        sum += (double) weight[k] * waves.getFloat(s * weight.length + k);
      }
      merged.setFloat(s, (float) sum);
    }
    return merged;
  }

  private Optional<Tensor> noise(SourceNoise random, Shape shape, Arena arena) {
    return random
        .uv()
        .map(uv -> {
          Tensor noise = Tensor.allocate(DType.F32, shape, arena);
          for (long s = 0; s < noise.elements(); s++) {
            noise.setFloat(s, uv.getFloat(s) * sineAmp / 3);
          }
          return noise;
        });
  }
}
