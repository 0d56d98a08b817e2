package parity.cosyvoice.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Weight norm over the first axis, folded: {@code weight = v * (g / |v|)}, with one norm for each
 * output channel.
 *
 * <p>Reference: torch.nn.utils.parametrizations.weight_norm with dim 0, as in hifigan/generator.py
 * and hifigan/f0_predictor.py. PyTorch's own float32 folding is up to 5 ulp off the exact weight;
 * the one here is computed in double.
 */
public final class WeightNorm {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** What the norm is called behind the path of a module, [out, 1, 1]. */
  static final String NORM = ".parametrizations.weight.original0";

  /** What the direction is called behind the path of a module, [out, in, kernel]. */
  static final String DIRECTION = ".parametrizations.weight.original1";

  /** What PyTorch called the norm before 2.1. */
  static final String NORM_BEFORE = ".weight_g";

  /** What PyTorch called the direction before 2.1. */
  static final String DIRECTION_BEFORE = ".weight_v";

  private WeightNorm() {}

  /**
   * The weight of a module, rounded to float32.
   *
   * @param module path of the convolution, e.g. {@code conv_pre}
   * @param dims shape of its weight, [out, in, kernel]
   * @param arena owns the result
   * @throws BadInputException if the checkpoint does not hold both halves in the right shapes
   */
  public static Tensor fold(Weights weights, String module, Arena arena, long... dims) {
    return fold(weights, module, DType.F32, arena, dims);
  }

  /** The same in float64, as of a module that was converted by {@code .to(torch.float64)}. */
  public static Tensor foldToDouble(Weights weights, String module, Arena arena, long... dims) {
    return fold(weights, module, DType.F64, arena, dims);
  }

  private static Tensor fold(
      Weights weights, String module, DType dtype, Arena arena, long... dims) {
    Names names = names(weights, module);
    long[] normDims = Shape.of(dims).dims();
    Arrays.fill(normDims, 1, normDims.length, 1);
    Tensor g = weights.expect(names.g, normDims);
    Tensor v = weights.expect(names.v, dims);
    Tensor folded = Tensor.allocate(dtype, v.shape(), arena);
    int width = Math.toIntExact(v.elements() / Math.max(1, dims[0]));
    for (long out = 0; out < dims[0]; out++) {
      float[] row = new float[width];
      MemorySegment.copy(v.data(), FLOAT, out * width * Float.BYTES, row, 0, width);
      scale(row, g.getFloat(out), folded, out * width);
    }
    return folded;
  }

  private static void scale(float[] row, float g, Tensor folded, long start) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    double scale = g / Math.sqrt(squares);
    if (folded.dtype() == DType.F64) {
      for (int i = 0; i < row.length; i++) {
        folded.setDouble(start + i, row[i] * scale);
      }
      return;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] * scale);
    }
    MemorySegment.copy(row, 0, folded.data(), FLOAT, start * Float.BYTES, row.length);
  }

  private record Names(String g, String v) {}

  /** PyTorch before 2.1 and since call the halves differently (generator.py:26). */
  private static Names names(Weights weights, String module) {
    Names now = new Names(module + NORM, module + DIRECTION);
    Names before = new Names(module + NORM_BEFORE, module + DIRECTION_BEFORE);
    if (weights.contains(now.g)) {
      return now;
    }
    if (weights.contains(before.g)) {
      return before;
    }
    throw new BadInputException(
        "%s: %s has no weight norm; expected tensors %s and %s, or weight_g and weight_v"
            .formatted(weights.source(), module, now.g, now.v));
  }
}
