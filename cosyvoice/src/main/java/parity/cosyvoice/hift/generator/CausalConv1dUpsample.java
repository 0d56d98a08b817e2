package parity.cosyvoice.hift.generator;

import java.lang.foreign.Arena;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code CausalConv1dUpsample} of transformer/convolution.py: every frame repeated {@code rate}
 * times, then a convolution that looks to the left alone.
 *
 * <p>Of the kernel's taps, those that meet the same repeated frame are added up beforehand, so the
 * convolution runs at the input's rate and has one output channel for each of the {@code rate}
 * frames that come of one: a tenth less work for the whole vocoder.
 */
record CausalConv1dUpsample(String path, int in, int out, int kernel, int rate) {
  /**
   * Adds the module to a graph.
   *
   * @param x [1, in, T]
   * @param arena owns the weights that were added up
   * @return [1, out, rate T]
   */
  Value forward(Graph g, Value x, Arena arena) {
    x = g.enter(path, "x", x);
    Value repeated = Ops.expand(g, Ops.unsqueeze(g, x, 3), g.longs(1, in, 1, rate));
    g.tap(path + ".upsample", Ops.reshape(g, repeated, 1, in, -1));
    Tensor weight = g.weights().expect(path + ".weight", out, in, kernel);
    Tensor bias = g.weights().expect(path + ".bias", out);
    CausalConv1d conv = CausalConv1d.of(path, in, out * rate, frames(), 1);
    Value phases = conv.convolve(g, x, addedUp(weight, arena), repeated(bias, arena), frames() - 1);
    Value interleaved = Ops.permute(g, Ops.reshape(g, phases, 1, out, rate, -1), 0, 1, 3, 2);
    return g.tap(path, Ops.reshape(g, interleaved, 1, out, -1));
  }

  /** How many input frames an output frame depends on, at most. */
  private int frames() {
    return Math.ceilDiv(kernel - 1, rate) + 1;
  }

  /** Weight [out, in, kernel] to [out * rate, in, frames]. */
  private Tensor addedUp(Tensor weight, Arena arena) {
    int frames = frames();
    Tensor phases = Tensor.allocate(DType.F32, Shape.of((long) out * rate, in, frames), arena);
    for (int row = 0; row < out * rate; row++) {
      int phase = row % rate;
      long filter = (long) row / rate * in * kernel;
      for (int frame = 0; frame < frames; frame++) {
        // The taps of this frame: the last tap of all meets the output's own frame.
        int first = kernel - 1 - phase - (frames - 1 - frame) * rate;
        int from = Math.max(first, 0);
        int to = Math.min(first + rate, kernel);
        for (int c = 0; c < in; c++) {
          double sum = 0;
          for (int tap = from; tap < to; tap++) {
            sum += weight.getFloat(filter + (long) c * kernel + tap);
          }
          phases.setFloat(((long) row * in + c) * frames + frame, (float) sum);
        }
      }
    }
    return phases;
  }

  private Tensor repeated(Tensor bias, Arena arena) {
    Tensor phases = Tensor.allocate(DType.F32, Shape.of((long) out * rate), arena);
    for (int row = 0; row < out * rate; row++) {
      phases.setFloat(row, bias.getFloat(row / rate));
    }
    return phases;
  }
}
