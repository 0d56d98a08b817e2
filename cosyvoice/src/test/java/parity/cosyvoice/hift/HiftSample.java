package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.SampleCapture;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** The sample's vocoder. */
final class HiftSample extends SampleCapture {
  private final HiftConfig config = CosyVoiceConfigReader.read(MODEL).hift();

  HiftSample() {
    super("hift", CheckpointWeights.openVocoder(MODEL.resolve("hift.pt")));
  }

  HiftConfig config() {
    return config;
  }

  Hift hift(HiftOptions options) {
    return new Hift(config, weights(), options);
  }

  Tensor mel() {
    return artifacts().get("python_flow_output");
  }

  /** The first frames of the mel. */
  Tensor mel(int frames) {
    int bins = Math.toIntExact(mel().shape().dim(1));
    long length = mel().shape().dim(2);
    float[] values = new float[bins * frames];
    for (int i = 0; i < values.length; i++) {
      values[i] = mel().getFloat(i / frames * length + i % frames);
    }
    return Tensor.ofFloats(Shape.of(1, bins, frames), values);
  }

  Tensor source() {
    return artifacts().get("python_hift_source");
  }

  SourceNoise noise() {
    return SourceNoise.of(artifacts().get("nsf_rand_ini"), artifacts().get("nsf_sine_waves"));
  }

  /** With the noise branch, which the capture has a tap of, but not the buffer behind it. */
  SourceNoise noiseWithBranch(Arena arena) {
    int samples = Math.toIntExact(source().elements());
    Tensor uv = RandomBuffers.uv(CosyVoiceConfigReader.read(MODEL), samples, arena);
    return new SourceNoise(noise().randIni(), noise().sineWaves(), Optional.of(uv));
  }
}
