package parity.cosyvoice.hift;

import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** What a vocoder of this configuration can be given; each check names what does not fit. */
record Inputs(HiftConfig config) {
  /**
   * Requires a mel [1, in_channels, T].
   *
   * @param context frames at its end that nothing is computed for; T must be more
   */
  void requireMel(Tensor mel, int context) {
    Shape shape = mel.shape();
    boolean fits =
        mel.dtype() == DType.F32
            && shape.rank() == 3
            && shape.dim(0) == 1
            && shape.dim(1) == config.inChannels()
            && shape.dim(2) > context;
    if (!fits) {
      throw new BadInputException(
          "the mel is %s; the vocoder takes F32 [1, %d, T] with T of %d or more"
              .formatted(mel, config.inChannels(), context + 1));
    }
  }

  /** Requires a source [1, 1, S] of as many samples as the mel's frames have. */
  void requireSource(Tensor source, long frames) {
    Shape expected = Shape.of(1, 1, frames * config.samplesPerFrame());
    if (source.dtype() != DType.F32 || !source.shape().equals(expected)) {
      throw new BadInputException(
          "the source is %s; a mel of %d frames takes F32 %s".formatted(source, frames, expected));
    }
  }

  /** Requires random buffers that last for the mel's frames. */
  void requireNoise(SourceNoise noise, long frames) {
    int dim = config.nbHarmonics() + 1;
    if (noise.randIni().dtype() != DType.F32 || !noise.randIni().shape().equals(Shape.of(1, dim))) {
      throw new BadInputException(
          "nsf_rand_ini is %s; the vocoder takes F32 [1, %d]".formatted(noise.randIni(), dim));
    }
    long samples = frames * config.samplesPerFrame();
    requireSamples("nsf_sine_waves", noise.sineWaves(), samples, dim);
    noise.uv().ifPresent(uv -> requireSamples("nsf_uv", uv, samples, 1));
  }

  private static void requireSamples(String name, Tensor tensor, long samples, int dim) {
    Shape shape = tensor.shape();
    boolean fits =
        tensor.dtype() == DType.F32
            && shape.rank() == 3
            && shape.dim(0) == 1
            && shape.dim(1) >= samples
            && shape.dim(2) == dim;
    if (!fits) {
      throw new BadInputException(
          "%s is %s; a mel of this length takes F32 [1, S, %d] with S of %d or more"
              .formatted(name, tensor, dim, samples));
    }
  }
}
