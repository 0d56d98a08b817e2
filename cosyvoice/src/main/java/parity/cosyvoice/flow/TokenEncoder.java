package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.nn.Embedding;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
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

  private final List<String> taps;
  private final Session session;

  TokenEncoder(FlowConfig config, Weights weights, int threads, boolean isFinal) {
    Graph g = new Graph(weights);
    Value embedding = g.input("embedding", DType.F32, 1, config.spkEmbedDim());
    Value norm = g.node("ReduceL2", List.of(embedding));
    embedding = g.node("Div", List.of(embedding, g.node("Max", List.of(norm, g.scalar(NORM_EPS)))));
    g.tap(
        SPEAKER, new Linear(SPEAKER, config.spkEmbedDim(), config.outputSize()).row(g, embedding));

    Value token = g.input("token", DType.I32, 1, "tokens");
    Value embedded =
        new Embedding("input_embedding", config.vocabSize(), config.inputSize()).forward(g, token);
    new PreLookaheadLayer(
            TOKENS, config.inputSize(), config.preLookaheadChannels(), config.preLookaheadLen())
        .forward(g, embedded, isFinal);
    taps = g.taps();
    session = Session.of(g.build(taps), threads);
  }

  /** Names of what {@link #forward} returns, in order. */
  List<String> taps() {
    return taps;
  }

  /**
   * The modules' outputs, among them {@link #SPEAKER} [1, outputSize] and {@link #TOKENS} [1, N,
   * inputSize].
   *
   * @param token int32 [1, N], or [1, N + preLookaheadLen] if it does not end the utterance
   * @param embedding [1, spkEmbedDim]
   */
  Map<String, Tensor> forward(Tensor token, Tensor embedding, Arena arena) {
    return session.run(
        Map.of("token", token, "embedding", embedding), new LinkedHashSet<>(taps), arena);
  }

  @Override
  public void close() {
    session.close();
  }
}
