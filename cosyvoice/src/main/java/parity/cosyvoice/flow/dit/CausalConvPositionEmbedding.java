package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.permute;

import java.util.Optional;
import parity.cosyvoice.nn.Conv1d;
import parity.cosyvoice.nn.Mish;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code CausalConvPositionEmbedding} of flow/DiT/modules.py. */
public record CausalConvPositionEmbedding(String path, long dim) {
  public static final long KERNEL_SIZE = 31;
  public static final long GROUPS = 16;

  /**
   * Where a group's channels do not come in sixteens, ONNX Runtime sums so few frames, or fewer, in
   * another order than more of them. What is streamed is lengthened by as many zeros, and cut
   * again.
   */
  private static final long SHORT = 64;

  /**
   * x [B, T, dim] to [B, T, dim]; a frame sees itself and 60 before it.
   *
   * @param past as {@link Attention.Sight} has it
   */
  Value forward(Graph g, Value x, Optional<PastPorts> past) {
    Value y = permute(g, x, 0, 2, 1);
    y = convolution(g, path + ".conv1", y, past);
    y = convolution(g, path + ".conv2", y, past);
    return g.tap(path, permute(g, y, 0, 2, 1));
  }

  private Value convolution(Graph g, String sequential, Value x, Optional<PastPorts> past) {
    long left = KERNEL_SIZE - 1;
    long zeros = past.isPresent() ? 0 : left;
    long surplus = past.isPresent() ? SHORT : 0;
    Value seen = past.map(ports -> ports.convolved(sequential, x, left)).orElse(x);
    Value y =
        new Conv1d(sequential + ".0", dim, dim, KERNEL_SIZE, GROUPS, zeros, surplus)
            .forward(g, seen);
    if (surplus > 0) {
      y = Ops.slice(g, y, 2, 0, -surplus);
    }
    return g.tap(sequential, new Mish(sequential + ".1").forward(g, y));
  }
}
