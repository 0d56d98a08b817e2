package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.OneOther;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class FlowMismatchTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "input_embedding.weight",
        "spk_embed_affine_layer.weight",
        "pre_lookahead_layer.conv2.bias",
        "decoder.estimator.rotary_embed.inv_freq",
        "decoder.estimator.time_embed.time_mlp.0.weight",
        "decoder.estimator.input_embed.conv_pos_embed.conv1.0.weight",
        "decoder.estimator.transformer_blocks.1.attn.to_q.weight",
        "decoder.estimator.transformer_blocks.0.attn_norm.linear.bias",
        "decoder.estimator.proj_out.weight",
      })
  void new_weightOfAnotherShape_isNamed(String name) {
    try (FlowSample sample = new FlowSample()) {
      Weights weights = new OneOther(sample.weights(), name, Tensor.ofFloats(Shape.of(1), 1f));
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () -> new Flow(FlowSample.config(), weights, FlowOptions.threads(1)).close());
      assertThat(e).hasMessageThat().contains("flow.pt: tensor " + name + " is F32 [1]");
      assertThat(e).hasMessageThat().doesNotContain("\n");
    }
  }

  @Test
  void new_configurationOfAnotherModel_namesTensorAndBothShapes() {
    FlowConfig config = FlowSample.config();
    DitConfig dit = config.estimator();
    DitConfig wider =
        new DitConfig(
            2 * dit.dim(),
            dit.depth(),
            dit.heads(),
            dit.dimHead(),
            dit.ffMult(),
            dit.melDim(),
            dit.muDim(),
            dit.spkDim(),
            dit.outChannels(),
            dit.staticChunkSize());
    FlowConfig other =
        new FlowConfig(
            config.inputSize(),
            config.outputSize(),
            config.spkEmbedDim(),
            config.vocabSize(),
            config.tokenMelRatio(),
            config.preLookaheadLen(),
            config.preLookaheadChannels(),
            config.cfm(),
            wider);
    try (FlowSample sample = new FlowSample()) {
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () -> new Flow(other, sample.weights(), FlowOptions.threads(1)).close());
      assertThat(e).hasMessageThat().contains("decoder.estimator.");
      assertThat(e).hasMessageThat().contains("F32 [32, 256]");
      assertThat(e).hasMessageThat().contains("F32 [64, 256]");
    }
  }
}
