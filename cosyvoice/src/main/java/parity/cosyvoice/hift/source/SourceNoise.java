package parity.cosyvoice.hift.source;

import java.util.Optional;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The random buffers that upstream draws when it constructs {@code SourceModuleHnNSF}; they are not
 * in the checkpoint.
 *
 * @param randIni {@code l_sin_gen.rand_ini} F32 [1, nb_harmonics + 1]: initial phases
 * @param sineWaves {@code l_sin_gen.sine_waves} F32 [1, at least S, nb_harmonics + 1]: the noise
 * @param uv {@code m_source.uv} F32 [1, at least S, 1]: the noise branch, which the waveform does
 *     not depend on; without it the module's second output is not tapped
 */
public record SourceNoise(Tensor randIni, Tensor sineWaves, Optional<Tensor> uv) {
  /** Without the noise branch, as captures have it. */
  public static SourceNoise of(Tensor randIni, Tensor sineWaves) {
    return new SourceNoise(randIni, sineWaves, Optional.empty());
  }

  /** What is left of the buffers from a sample on; no copy. */
  SourceNoise from(long sample) {
    return new SourceNoise(randIni, from(sineWaves, sample), uv.map(noise -> from(noise, sample)));
  }

  private static Tensor from(Tensor noise, long sample) {
    long width = noise.shape().dim(2);
    return Tensor.of(
        noise.dtype(),
        Shape.of(1, noise.shape().dim(1) - sample, width),
        noise.data().asSlice(sample * width * noise.dtype().bytes()));
  }
}
