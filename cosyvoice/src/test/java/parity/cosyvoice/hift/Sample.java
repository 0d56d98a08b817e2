package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** The sample model and what upstream computed with it. */
record Sample(
    HiftConfig config,
    CheckpointWeights weights,
    TensorFile artifacts,
    TensorFile taps,
    TensorFile truth,
    TensorFile truthOutputs)
    implements AutoCloseable {
  private static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path CAPTURE = Path.of("..", "samples", "capture");

  static Sample open() {
    return new Sample(
        CosyVoiceConfigReader.read(MODEL).hift(),
        CheckpointWeights.openVocoder(MODEL.resolve("hift.pt")),
        capture("debug_artifacts"),
        capture("taps_hift"),
        capture("truth_hift_cumulative"),
        capture("truth_outputs"));
  }

  private static TensorFile capture(String name) {
    return Safetensors.open(CAPTURE.resolve(name + ".safetensors"));
  }

  Hift hift(HiftOptions options) {
    return new Hift(config, weights, options);
  }

  Tensor mel() {
    return artifacts.get("python_flow_output");
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
    return artifacts.get("python_hift_source");
  }

  SourceNoise noise() {
    return SourceNoise.of(artifacts.get("nsf_rand_ini"), artifacts.get("nsf_sine_waves"));
  }

  /** With the noise branch, which the capture has a tap of, but not the buffer behind it. */
  SourceNoise noiseWithBranch(Arena arena) {
    int samples = Math.toIntExact(source().elements());
    Tensor uv = RandomBuffers.uv(CosyVoiceConfigReader.read(MODEL), samples, arena);
    return new SourceNoise(noise().randIni(), noise().sineWaves(), Optional.of(uv));
  }

  @Override
  public void close() {
    weights.close();
    artifacts.close();
    taps.close();
    truth.close();
    truthOutputs.close();
  }
}
