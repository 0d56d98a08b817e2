package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.permute;

import java.util.Optional;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code DiT} of flow/DiT/dit.py: {@code embed}, then every {@code block}, then {@code output}. It
 * comes in these pieces so that they can be one graph or a graph each.
 *
 * <p>The padding mask of upstream is left out: nothing in the batch is ever padded.
 */
public record DiT(String path, DitConfig config) {
  /**
   * Rows of the batch: the first is guided by tokens, prompt and speaker, the second by nothing.
   */
  public static final long BATCH = 2;

  /**
   * What the blocks work on.
   *
   * @param x [B, T, dim]
   * @param t the time step's embedding [1, dim]
   */
  public record Hidden(Value x, Value t) {}

  /**
   * The input's embedding.
   *
   * @param x [B, melDim, T]
   * @param mu [B, muDim, T]
   * @param t [1]
   * @param spks [B, spkDim]
   * @param cond [B, melDim, T]
   * @param past as {@link Attention.Sight} has it
   */
  Hidden embed(
      Graph g, Value x, Value mu, Value t, Value spks, Value cond, Optional<PastPorts> past) {
    Value time = new TimestepEmbedding(path + ".time_embed", config.dim()).forward(g, t);
    Value y =
        new InputEmbedding(path + ".input_embed", config)
            .forward(
                g,
                permute(g, x, 0, 2, 1),
                permute(g, cond, 0, 2, 1),
                permute(g, mu, 0, 2, 1),
                spks,
                past);
    return new Hidden(y, time);
  }

  /** Block {@code index}; its output is [B, T, dim]. */
  Hidden block(Graph g, int index, Hidden hidden, Attention.Sight sight) {
    Value x =
        new DiTBlock(path + ".transformer_blocks." + index, config)
            .forward(g, hidden.x(), hidden.t(), sight);
    return new Hidden(x, hidden.t());
  }

  /** The estimate [B, melDim, T]. */
  Value output(Graph g, Hidden hidden) {
    Value y =
        new AdaLayerNormZeroFinal(path + ".norm_out", config.dim())
            .forward(g, hidden.x(), hidden.t());
    y = new Linear(path + ".proj_out", config.dim(), config.melDim()).forward(g, y, BATCH);
    return g.tap(path, permute(g, y, 0, 2, 1));
  }
}
