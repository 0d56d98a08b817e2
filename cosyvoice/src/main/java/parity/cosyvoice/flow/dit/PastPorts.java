package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.concat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;

/**
 * Where what a module kept of earlier frames enters a graph for streaming, and where the same of
 * the frames at hand leaves it.
 */
public final class PastPorts {
  private final Graph graph;
  private final DitConfig config;
  private final Map<String, String> attended = new LinkedHashMap<>();
  private final Map<String, Convolved> convolved = new LinkedHashMap<>();

  /**
   * What a convolution keeps.
   *
   * @param output name of the graph's output that holds it, and the frames at hand behind it
   * @param frames how many frames to its left a frame sees
   */
  public record Convolved(String output, long frames) {}

  public PastPorts(Graph graph, DitConfig config) {
    this.graph = graph;
    this.config = config;
  }

  /**
   * Keys or values of one attention.
   *
   * @param name of the input that takes those of earlier frames, [B, heads, past, dimHead]
   * @param rows those of the frames at hand, [B, T, heads * dimHead]
   * @return the input
   */
  public Value attended(String name, Value rows) {
    attended.put(name, graph.output(rows).name());
    return graph.input(name, DType.F32, DiT.BATCH, config.heads(), "past", config.dimHead());
  }

  /**
   * The input of a convolution that looks to the left, with what it sees before its first frame.
   *
   * @param name of the input that takes the frames before, [B, dim, frames]
   * @param x [B, dim, T]
   * @return [B, dim, frames + T]
   */
  public Value convolved(String name, Value x, long frames) {
    Value past = graph.input(name, DType.F32, DiT.BATCH, config.dim(), frames);
    Value joined = graph.output(concat(graph, 2, past, x));
    convolved.put(name, new Convolved(joined.name(), frames));
    return joined;
  }

  /** Names of outputs with keys and values, by those of the inputs that take them later. */
  public Map<String, String> attended() {
    return Collections.unmodifiableMap(attended);
  }

  /** What convolutions keep, by the names of the inputs that take it later. */
  public Map<String, Convolved> convolved() {
    return Collections.unmodifiableMap(convolved);
  }
}
