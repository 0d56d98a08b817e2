package parity.cosyvoice.config;

import java.util.List;

/** Reads the flow's part. */
final class FlowReader {
  /**
   * flow/flow_matching.py, {@code CausalConditionalCFM}: rand_noise has 80 bands, whatever else.
   */
  private static final int RAND_NOISE_BANDS = 80;

  /** flow/DiT/modules.py, {@code CausalConvPositionEmbedding}: groups of its convolutions. */
  private static final int CONV_POS_GROUPS = 16;

  private FlowReader() {}

  /** flow/flow.py, {@code CausalMaskedDiffWithDiT}, with its defaults. */
  static FlowConfig read(Section root) {
    Section flow = root.tagged("flow", "!new:cosyvoice.flow.flow.CausalMaskedDiffWithDiT");
    int inputSize = flow.whole("input_size", 1, 512);
    int outputSize = flow.whole("output_size", 1, 80);
    int spkEmbedDim = flow.whole("spk_embed_dim", 1, 192);
    int vocabSize = flow.whole("vocab_size", 1, 4096);
    int tokenMelRatio = flow.whole("token_mel_ratio", 1, 2);
    int preLookaheadLen = flow.whole("pre_lookahead_len", 1, 3);
    flow.ignore("output_type", "input_frame_rate", "only_mask_loss", "decoder_conf");
    if (outputSize != RAND_NOISE_BANDS) {
      throw flow.bad(
          "output_size", "is " + outputSize + "; upstream's fixed noise has " + RAND_NOISE_BANDS);
    }
    int channels = readPreLookahead(flow, inputSize, preLookaheadLen);
    Section decoder =
        flow.tagged("decoder", "!new:cosyvoice.flow.flow_matching.CausalConditionalCFM");
    decoder.ignore("in_channels", "n_spks", "spk_emb_dim");
    CfmConfig cfm = readCfm(decoder);
    DitConfig estimator = readDit(decoder, inputSize, outputSize);
    decoder.noOthers();
    flow.noOthers();
    return new FlowConfig(
        inputSize,
        outputSize,
        spkEmbedDim,
        vocabSize,
        tokenMelRatio,
        preLookaheadLen,
        channels,
        cfm,
        estimator);
  }

  /** transformer/upsample_encoder.py, {@code PreLookaheadLayer}. */
  private static int readPreLookahead(Section flow, int inputSize, int preLookaheadLen) {
    Section layer =
        flow.tagged(
            "pre_lookahead_layer", "!new:cosyvoice.transformer.upsample_encoder.PreLookaheadLayer");
    int inChannels = layer.whole("in_channels", 1);
    int channels = layer.whole("channels", 1);
    int len = layer.whole("pre_lookahead_len", 1, 1);
    layer.noOthers();
    require(layer, "in_channels", inChannels, "flow.input_size", inputSize);
    require(layer, "pre_lookahead_len", len, "flow.pre_lookahead_len", preLookaheadLen);
    return channels;
  }

  /** flow/flow_matching.py, {@code ConditionalCFM}: it knows cosine time, and even time else. */
  private static CfmConfig readCfm(Section decoder) {
    Section params = decoder.tagged("cfm_params", "!new:omegaconf.DictConfig");
    Section content = params.mapping("content");
    params.noOthers();
    content.oneOf("solver", List.of("euler"));
    String scheduler = content.oneOf("t_scheduler", List.of("cosine", "linear"));
    return new CfmConfig(content.number("inference_cfg_rate"), scheduler.equals("cosine"));
  }

  /** flow/DiT/dit.py, {@code DiT}, with its defaults. */
  private static DitConfig readDit(Section decoder, int inputSize, int outputSize) {
    Section dit = decoder.tagged("estimator", "!new:cosyvoice.flow.DiT.dit.DiT");
    int dim = dit.whole("dim", 1);
    int melDim = dit.whole("mel_dim", 1, 80);
    int muDim = dit.isNull("mu_dim") ? melDim : dit.whole("mu_dim", 1);
    DitConfig config =
        new DitConfig(
            dim,
            dit.whole("depth", 1, 8),
            dit.whole("heads", 1, 8),
            dit.whole("dim_head", 2, 64),
            dit.whole("ff_mult", 1, 4),
            melDim,
            muDim,
            dit.whole("spk_dim", 1),
            dit.isNull("out_channels") ? melDim : dit.whole("out_channels", 1),
            dit.whole("static_chunk_size", 1, 50));
    if (dit.flag("long_skip_connection", false)) {
      throw dit.bad("long_skip_connection", "is True; CosyVoice3's estimator has none");
    }
    dit.ignore("dropout", "num_decoding_left_chunks");
    dit.noOthers();
    if (dim % CONV_POS_GROUPS != 0) {
      throw dit.bad("dim", "is " + dim + "; expected a multiple of " + CONV_POS_GROUPS);
    }
    if (config.dimHead() % 2 != 0) {
      throw dit.bad(
          "dim_head", "is " + config.dimHead() + "; rotary positions need an even number");
    }
    require(dit, "mel_dim", melDim, "flow.output_size", outputSize);
    require(dit, "mu_dim", muDim, "flow.input_size", inputSize);
    require(dit, "spk_dim", config.spkDim(), "flow.output_size", outputSize);
    return config;
  }

  private static void require(Section section, String key, int found, String other, int expected) {
    if (found != expected) {
      throw section.bad(key, "is " + found + "; expected " + other + ", " + expected);
    }
  }
}
