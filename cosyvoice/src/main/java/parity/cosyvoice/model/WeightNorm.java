package parity.cosyvoice.model;

import java.lang.foreign.Arena;
import java.util.Arrays;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInput;
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
  private WeightNorm() {}

  /**
   * The weight of a module, rounded to float32.
   *
   * @param module path of the convolution, e.g. {@code conv_pre}
   * @param dims shape of its weight, [out, in, kernel]
   * @param arena owns the result
   * @throws BadInput if the checkpoint does not hold both halves in the right shapes
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
    long width = v.elements() / Math.max(1, dims[0]);
    for (long out = 0; out < dims[0]; out++) {
      double squares = 0;
      for (long i = out * width; i < (out + 1) * width; i++) {
        double value = v.getFloat(i);
        squares += value * value;
      }
      double scale = g.getFloat(out) / Math.sqrt(squares);
      for (long i = out * width; i < (out + 1) * width; i++) {
        set(folded, i, v.getFloat(i) * scale);
      }
    }
    return folded;
  }

  private static void set(Tensor tensor, long index, double value) {
    if (tensor.dtype() == DType.F64) {
      tensor.setDouble(index, value);
    } else {
      tensor.setFloat(index, (float) value);
    }
  }

  private record Names(String g, String v) {}

  /** PyTorch before 2.1 and since call the halves differently (generator.py:26). */
  private static Names names(Weights weights, String module) {
    Names now =
        new Names(
            module + ".parametrizations.weight.original0",
            module + ".parametrizations.weight.original1");
    Names before = new Names(module + ".weight_g", module + ".weight_v");
    if (weights.contains(now.g)) {
      return now;
    }
    if (weights.contains(before.g)) {
      return before;
    }
    throw new BadInput(
        "%s: %s has no weight norm; expected tensors %s and %s, or weight_g and weight_v"
            .formatted(weights.source(), module, now.g, now.v));
  }
}
