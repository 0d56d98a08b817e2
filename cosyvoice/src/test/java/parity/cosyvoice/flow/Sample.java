package parity.cosyvoice.flow;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** The sample model and what upstream computed with it. */
record Sample(
    CheckpointWeights weights,
    TensorFile artifacts,
    TensorFile taps,
    TensorFile truth,
    TensorFile truthOutputs,
    TensorFile cases)
    implements AutoCloseable {
  private static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path CAPTURE = Path.of("..", "samples", "capture");

  /** From so many elements on their noise is well measured. */
  private static final int WELL_MEASURED = 64;

  static Sample open() {
    return new Sample(
        CheckpointWeights.open(MODEL.resolve("flow.pt")),
        Safetensors.open(CAPTURE.resolve("debug_artifacts.safetensors")),
        Safetensors.open(CAPTURE.resolve("taps_flow.safetensors")),
        Safetensors.open(CAPTURE.resolve("truth_flow_cumulative.safetensors")),
        Safetensors.open(CAPTURE.resolve("truth_outputs.safetensors")),
        Safetensors.open(resource("flow_cases.safetensors")));
  }

  private static Path resource(String name) {
    try {
      return Path.of(Sample.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static FlowConfig config() {
    return CosyVoiceConfigReader.read(MODEL).flow();
  }

  FlowInput input(boolean streaming, boolean isFinal) {
    return new FlowInput(
        artifacts.get("token"),
        artifacts.get("prompt_token"),
        artifacts.get("prompt_feat"),
        artifacts.get("embedding"),
        streaming,
        isFinal);
  }

  Tensor randNoise() {
    return artifacts.get("rand_noise");
  }

  /**
   * How many times noisier than upstream in float32 a result is, both against upstream in float64.
   *
   * <p>As in docs/verdict.md, the floor of few elements is raised, for luck makes it small: with
   * its sums in other orders upstream itself is 3 times its floor in tensors of the time alone.
   *
   * @param error what upstream in float64 has more than in float32
   */
  static double sigma(Tensor reference, Tensor error, Tensor computed) {
    double ours = 0;
    double theirs = 0;
    double exact = 0;
    for (long i = 0; i < reference.elements(); i++) {
      double t = reference.getDouble(i) + error.getDouble(i);
      ours += Math.pow(computed.getDouble(i) - t, 2);
      theirs += Math.pow(error.getDouble(i), 2);
      exact += t * t;
    }
    double few = Math.max(1, (double) WELL_MEASURED / distinct(reference));
    return Math.sqrt(ours / (few * Math.max(theirs, exact * 0x1p-50)));
  }

  /** How many elements, if those of two equal rows count once. */
  private static int distinct(Tensor reference) {
    float[] values = reference.toFloats();
    int row = values.length / 2;
    boolean twice =
        reference.shape().dim(0) == 2 && Arrays.equals(values, 0, row, values, row, values.length);
    return twice ? row : values.length;
  }

  /** Of {@code a - b}, in units of b. */
  static double relativeL2(Tensor a, Tensor b) {
    double difference = 0;
    double norm = 0;
    for (long i = 0; i < b.elements(); i++) {
      difference += Math.pow(a.getDouble(i) - b.getDouble(i), 2);
      norm += Math.pow(b.getDouble(i), 2);
    }
    return Math.sqrt(difference / norm);
  }

  @Override
  public void close() {
    weights.close();
    artifacts.close();
    taps.close();
    truth.close();
    truthOutputs.close();
    cases.close();
  }
}
