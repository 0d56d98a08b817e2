package parity.cosyvoice.hift.source;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.HiftConfig;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code SineGen2(causal=True)} of hifigan/generator.py: sines at F0 and its harmonics, with noise.
 *
 * <p>Every float32 operation is done in the reference's order, because the phase, summed in float32
 * and multiplied by 480, makes noise of 1e-4 out of the last bit. The phase is that of the middle
 * of a frame and stays for the whole frame: a staircase, which is odd and meant.
 */
public final class SineGen2 {
  private final int dim;
  private final int upsampleScale;
  private final float samplingRate;
  private final float sineAmp;
  private final float noiseStd;
  private final float voicedThreshold;

  public SineGen2(HiftConfig config, int upsampleScale, double voicedThreshold) {
    this.dim = config.nbHarmonics() + 1;
    this.upsampleScale = upsampleScale;
    this.samplingRate = config.samplingRate();
    this.sineAmp = (float) config.nsfAlpha();
    this.noiseStd = (float) config.nsfSigma();
    this.voicedThreshold = (float) voicedThreshold;
  }

  /** The three outputs: waves and noise F32 [1, S, dim], voicing F32 [1, S, 1] of 0 and 1. */
  record Output(Tensor sineWaves, Tensor uv, Tensor noise) {}

  /** How far an utterance has come: what its next frames go on from. */
  static final class Phase {
    private final double[] sums;
    private long frames;

    private Phase(int dim) {
      this.sums = new double[dim];
    }

    /** Frames so far. */
    long frames() {
      return frames;
    }
  }

  /** The phase before the first frame. */
  Phase start() {
    return new Phase(dim);
  }

  /**
   * Makes the harmonics of the frames that follow.
   *
   * @param f0 Hz at every sample of them, F32 [1, S, 1]
   * @param random from the first of these samples on
   * @param phase goes on by these frames
   */
  Output forward(Tensor f0, SourceNoise random, Phase phase, Arena arena) {
    long samples = f0.elements();
    float[] sines = f02sine(f0, random.randIni(), phase);
    Tensor waves = Tensor.allocate(DType.F32, Shape.of(1, samples, dim), arena);
    Tensor uv = Tensor.allocate(DType.F32, Shape.of(1, samples, 1), arena);
    Tensor noise = Tensor.allocate(DType.F32, Shape.of(1, samples, dim), arena);
    for (long s = 0; s < samples; s++) {
      float voiced = f0.getFloat(s) > voicedThreshold ? 1 : 0;
      uv.setFloat(s, voiced);
      float noiseAmp = voiced * noiseStd + (1 - voiced) * sineAmp / 3;
      int frame = (int) (s / upsampleScale);
      for (int k = 0; k < dim; k++) {
        float added = noiseAmp * random.sineWaves().getFloat(s * dim + k);
        noise.setFloat(s * dim + k, added);
        waves.setFloat(s * dim + k, sines[frame * dim + k] * sineAmp * voiced + added);
      }
    }
    return new Output(waves, uv, noise);
  }

  /**
   * {@code _f02sine} before its last, nearest interpolation: [frames, dim]. PyTorch sums in double
   * and rounds every sum.
   */
  private float[] f02sine(Tensor f0, Tensor randIni, Phase phase) {
    int frames = Math.toIntExact(f0.elements() / upsampleScale);
    float[] sines = new float[Math.multiplyExact(frames, dim)];
    for (int k = 0; k < dim; k++) {
      double sum = phase.sums[k];
      for (int frame = 0; frame < frames; frame++) {
        sum += interpolated(f0, randIni, phase.frames, frame, k);
        float angle = (float) sum * 2 * (float) Math.PI * upsampleScale;
        sines[frame * dim + k] = (float) Math.sin(angle);
      }
      phase.sums[k] = sum;
    }
    phase.frames += frames;
    return sines;
  }

  /**
   * {@code F.interpolate(rad_values, scale_factor=1 / upsample_scale, mode="linear")}. Where it
   * looks is rounded to float32, so it counts from the utterance's first frame.
   *
   * @param before frames before the first of f0
   */
  private float interpolated(Tensor f0, Tensor randIni, long before, int frame, int k) {
    float at = Math.max(upsampleScale * (before + frame + 0.5f) - 0.5f, 0);
    long first = before * upsampleScale;
    long low = (long) at;
    long high = Math.min(low + 1, first + f0.elements() - 1);
    float weight = at - low;
    return (1 - weight) * radValue(f0, randIni, first, low, k)
        + weight * radValue(f0, randIni, first, high, k);
  }

  private float radValue(Tensor f0, Tensor randIni, long first, long sample, int k) {
    float rad = f0.getFloat(sample - first) * (k + 1) / samplingRate % 1;
    return sample == 0 ? rad + randIni.getFloat(k) : rad;
  }
}
