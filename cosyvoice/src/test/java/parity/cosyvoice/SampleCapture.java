package parity.cosyvoice;

import java.nio.file.Path;
import java.util.Arrays;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/**
 * One part of the sample model, and what upstream computed with it.
 *
 * <p>A part's tests have a subclass, with what is its own.
 */
public abstract class SampleCapture implements AutoCloseable {
  public static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path CAPTURE = Path.of("..", "samples", "capture");

  /** From so many elements on their noise is well measured. */
  private static final int WELL_MEASURED = 64;

  private final CheckpointWeights weights;
  private final TensorFile artifacts = file("debug_artifacts");
  private final TensorFile taps;
  private final TensorFile truth;
  private final TensorFile truthOutputs = file("truth_outputs");

  /**
   * Opens the files.
   *
   * @param part {@code flow}, {@code hift} or {@code llm}
   * @param weights its checkpoint; closed with the files
   */
  protected SampleCapture(String part, CheckpointWeights weights) {
    this.weights = weights;
    this.taps = file("taps_" + part);
    this.truth = file("truth_" + part + "_cumulative");
  }

  private static TensorFile file(String name) {
    return Safetensors.open(CAPTURE.resolve(name + ".safetensors"));
  }

  public final CheckpointWeights weights() {
    return weights;
  }

  public final TensorFile artifacts() {
    return artifacts;
  }

  public final TensorFile taps() {
    return taps;
  }

  /** What the taps in float64 have more than those in float32, errors before them included. */
  public final TensorFile truth() {
    return truth;
  }

  public final TensorFile truthOutputs() {
    return truthOutputs;
  }

  /**
   * How many times noisier than upstream in float32 a result is, both against upstream in float64.
   *
   * @param reference upstream's in float32, or its beginning where {@code computed} ends earlier
   * @param error what upstream in float64 has more than in float32
   */
  public static double sigma(Tensor computed, Tensor reference, Tensor error) {
    double ours = 0;
    double theirs = 0;
    double exact = 0;
    for (long i = 0; i < computed.elements(); i++) {
      double t = reference.getDouble(i) + error.getDouble(i);
      ours += Math.pow(computed.getDouble(i) - t, 2);
      theirs += Math.pow(error.getDouble(i), 2);
      exact += t * t;
    }
    return Math.sqrt(ours / Math.max(theirs, exact * 0x1p-50));
  }

  /**
   * The same with the floor of few elements raised.
   *
   * <p>As in docs/verdict.md, for luck makes it small: with its sums in other orders upstream
   * itself is 3 times its floor in tensors of the time alone.
   */
  public static double sigmaOfFew(Tensor computed, Tensor reference, Tensor error) {
    double few = Math.max(1, (double) WELL_MEASURED / distinct(reference));
    return sigma(computed, reference, error) / Math.sqrt(few);
  }

  /** How many elements, if those of two equal rows count once. */
  private static int distinct(Tensor reference) {
    float[] values = reference.toFloats();
    int row = values.length / 2;
    boolean twice =
        reference.shape().dim(0) == 2 && Arrays.equals(values, 0, row, values, row, values.length);
    return twice ? row : values.length;
  }

  /** Relative L2 over the elements that the computed tensor has: the first of the reference's. */
  public static double relativeL2(Tensor computed, Tensor reference) {
    return relativeL2(computed, reference, 0, computed.elements());
  }

  /** Relative L2 over one row of matrices. */
  public static double relativeL2OfRow(Tensor computed, Tensor reference, long row) {
    long width = reference.shape().dim(1);
    return relativeL2(computed, reference, row * width, (row + 1) * width);
  }

  private static double relativeL2(Tensor computed, Tensor reference, long from, long to) {
    double difference = 0;
    double norm = 0;
    for (long i = from; i < to; i++) {
      difference += Math.pow(computed.getDouble(i) - reference.getDouble(i), 2);
      norm += Math.pow(reference.getDouble(i), 2);
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
  }
}
