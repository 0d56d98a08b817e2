package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.nn.Embedding;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What {@code CausalMaskedDiffWithDiT.inference} of flow/flow.py does before it calls the decoder.
 */
final class TokenEncoder implements AutoCloseable {
  static final String SPEAKER = "spk_embed_affine_layer";
  static final String TOKENS = "pre_lookahead_layer";

  /** The floor of {@code torch.nn.functional.normalize}. */
  private static final float NORM_EPS = 1e-12f;

  private final WatchedGraph graph;

  TokenEncoder(FlowConfig config, Weights weights, Engine engine, boolean isFinal) {
    graph =
        new WatchedGraph(
            cuts -> graph(config, new Graph(weights, cuts), isFinal),
            DType.F32,
            Set.of(SPEAKER, TOKENS),
            (model, watched) -> engine.open(model));
  }

  private static Graph graph(FlowConfig config, Graph g, boolean isFinal) {
    Value embedding = g.input("embedding", DType.F32, 1, config.spkEmbedDim());
    Value norm = g.node("ReduceL2", List.of(embedding));
    embedding = g.node("Div", List.of(embedding, g.node("Max", List.of(norm, g.scalar(NORM_EPS)))));
    g.tap(
        SPEAKER,
        new Linear(SPEAKER, config.spkEmbedDim(), config.outputSize())
            .row(g, g.enter(SPEAKER, "input", embedding)));

    Value token = g.input("token", DType.I32, 1, "tokens");
    Value embedded =
        new Embedding("input_embedding", config.vocabSize(), config.inputSize()).forward(g, token);
    new PreLookaheadLayer(
            TOKENS, config.inputSize(), config.preLookaheadChannels(), config.preLookaheadLen())
        .forward(g, embedded, isFinal);
    return g;
  }

  /** Makes it ready for a run that nobody watches. */
  void ready() {
    graph.ready();
  }

  /** Names of its modules in the order in which they return. */
  List<String> taps() {
    return graph.taps();
  }

  /**
   * The outputs of {@link #SPEAKER} [1, outputSize] and {@link #TOKENS} [1, N, inputSize].
   *
   * @param token int32 [1, N], or [1, N + preLookaheadLen] if it does not end the utterance
   * @param embedding [1, spkEmbedDim]
   */
  Map<String, Tensor> forward(Tensor token, Tensor embedding, Watch watch, Arena arena) {
    return graph.run(Map.of("token", token, "embedding", embedding), watch, arena);
  }

  @Override
  public void close() {
    graph.close();
  }
}
