package parity.cosyvoice.flow;

import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.flow.dit.AdaLayerNormZero;
import parity.cosyvoice.flow.dit.CausalConvPositionEmbedding;
import parity.cosyvoice.flow.dit.TimestepEmbedding;
import parity.cosyvoice.weights.StateDict;

/** What {@code flow.pt} holds. */
public final class FlowState {
  private static final String ESTIMATOR = "decoder.estimator.";

  private FlowState() {}

  /**
   * Of flow/flow.py, {@code CausalMaskedDiffWithDiT}: {@code rand_noise} is no buffer, and not in
   * it; the rotary frequencies, of x_transformers' {@code RotaryEmbedding}, are.
   */
  public static StateDict of(FlowConfig config) {
    DitConfig dit = config.estimator();
    long dim = dit.dim();
    int width = config.inputSize();
    int channels = config.preLookaheadChannels();
    StateDict.Builder state =
        new StateDict.Builder()
            .tensor("input_embedding.weight", config.vocabSize(), width)
            .linear("spk_embed_affine_layer", config.spkEmbedDim(), config.outputSize())
            .conv1d("pre_lookahead_layer.conv1", width, channels, config.preLookaheadLen() + 1L)
            .conv1d("pre_lookahead_layer.conv2", channels, width, PreLookaheadLayer.CONV2_KERNEL);
    estimator(state, dit, dim);
    for (int i = 0; i < dit.depth(); i++) {
      block(state, ESTIMATOR + "transformer_blocks." + i, dit);
    }
    return state.build();
  }

  /** flow/DiT/dit.py, {@code DiT}, but for its blocks. */
  private static void estimator(StateDict.Builder state, DitConfig dit, long dim) {
    long seen = 2L * dit.melDim() + dit.muDim() + dit.spkDim();
    long group = dim / CausalConvPositionEmbedding.GROUPS;
    String position = ESTIMATOR + "input_embed.conv_pos_embed.conv";
    state
        .linear(ESTIMATOR + "time_embed.time_mlp.0", TimestepEmbedding.FREQ_EMBED_DIM, dim)
        .linear(ESTIMATOR + "time_embed.time_mlp.2", dim, dim)
        .linear(ESTIMATOR + "input_embed.proj", seen, dim)
        .conv1d(position + "1.0", group, dim, CausalConvPositionEmbedding.KERNEL_SIZE)
        .conv1d(position + "2.0", group, dim, CausalConvPositionEmbedding.KERNEL_SIZE)
        .tensor(ESTIMATOR + "rotary_embed.inv_freq", dit.dimHead() / 2)
        .linear(ESTIMATOR + "norm_out.linear", dim, 2 * dim)
        .linear(ESTIMATOR + "proj_out", dim, dit.melDim());
  }

  /** flow/DiT/modules.py, {@code DiTBlock}. */
  private static void block(StateDict.Builder state, String path, DitConfig dit) {
    long dim = dit.dim();
    long inner = (long) dit.heads() * dit.dimHead();
    long wide = dim * dit.ffMult();
    state
        .linear(path + ".attn_norm.linear", dim, AdaLayerNormZero.CHUNKS * dim)
        .linear(path + ".attn.to_q", dim, inner)
        .linear(path + ".attn.to_k", dim, inner)
        .linear(path + ".attn.to_v", dim, inner)
        .linear(path + ".attn.to_out.0", inner, dim)
        .linear(path + ".ff.ff.0.0", dim, wide)
        .linear(path + ".ff.ff.2", wide, dim);
  }
}
