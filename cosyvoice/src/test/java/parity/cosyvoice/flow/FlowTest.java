package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static parity.cosyvoice.SampleCapture.relativeL2;
import static parity.cosyvoice.SampleCapture.sigmaOfFew;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class FlowTest {
  /** How much noisier than upstream a module may be. */
  private static final double SIGMA = 2;

  private static final double MEL_LIMIT = 5e-6;

  private final Arena arena = Arena.ofConfined();
  private final FlowSample sample = new FlowSample();

  @AfterEach
  void close() {
    sample.close();
    arena.close();
  }

  private Flow flow(int nTimesteps) {
    return new Flow(
        FlowSample.config(), sample.weights(), new FlowOptions(Engine.of(1), nTimesteps));
  }

  @Test
  void inference_sample_isUpstreamsMel() {
    Tensor expected = sample.artifacts().get("python_flow_output");
    try (Flow flow = flow(10)) {
      Tensor mel = flow.inference(sample.input(false, true), sample.randNoise(), arena);

      assertThat(mel.shape()).isEqualTo(expected.shape());
      assertThat(relativeL2(mel, expected)).isAtMost(MEL_LIMIT);
      Tensor truth = sample.truthOutputs().get("python_flow_output");
      assertThat(sigmaOfFew(mel, expected, truth)).isAtMost(SIGMA);
    }
  }

  @Test
  void inference_sample_everyTapOfTheCaptureIsWithinItsFloor() {
    Set<String> missing = new LinkedHashSet<>(sample.taps().names());
    try (Flow flow = flow(10)) {
      TapSink sink =
          (path, call, tensor) -> {
            String name = call == 0 && missing.contains(path) ? path : path + "#" + call;
            if (missing.remove(name)) {
              Tensor tap = sample.taps().get(name);
              assertWithMessage(name).that(tensor.shape()).isEqualTo(tap.shape());
              double sigma = sigmaOfFew(tensor, tap, sample.truth().get(name));
              assertWithMessage(name).that(sigma).isAtMost(SIGMA);
            }
          };
      flow.inference(sample.input(false, true), sample.randNoise(), sink, arena);
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void inference_sinkThatWantsAll_getsEveryTapInOrderAndTheSameMel() {
    try (Flow flow = flow(2)) {
      Set<String> order = new LinkedHashSet<>();
      Set<String> calls = new HashSet<>();
      TapSink sink =
          (path, call, tensor) -> {
            order.add(path);
            assertWithMessage("%s#%s", path, call).that(calls.add(path + "#" + call)).isTrue();
          };
      Tensor tapped = flow.inference(sample.input(false, true), sample.randNoise(), sink, arena);
      Tensor plain = flow.inference(sample.input(false, true), sample.randNoise(), arena);

      assertThat(order).containsExactlyElementsIn(flow.taps()).inOrder();
      assertThat(calls).hasSize(5 + 2 * (flow.taps().size() - 6) + 1);
      assertThat(tapped.data().mismatch(plain.data())).isEqualTo(-1);
    }
  }

  @Test
  void inference_eulerSteps_endWithTheMelAndGoThereByTheVelocities() {
    List<float[]> states = new ArrayList<>();
    List<float[]> decoded = new ArrayList<>();
    try (Flow flow = flow(3)) {
      TapSink sink =
          (path, call, tensor) -> {
            if (path.equals("flow.decoder.solve_euler.x")) {
              assertThat(call).isEqualTo(states.size());
              assertThat(tensor.shape()).isEqualTo(Shape.of(1, 80, 106));
              states.add(tensor.toFloats());
            } else if (path.equals("flow.decoder.0")) {
              decoded.add(tensor.toFloats());
            }
          };
      flow.inference(sample.input(false, true), sample.randNoise(), sink, arena);
    }
    assertThat(states).hasSize(3);
    assertThat(states.get(0)).isNotEqualTo(states.get(1));
    assertThat(decoded.getFirst()).isEqualTo(states.getLast());
  }

  @Test
  void runsEachStep_estimatorAndState_doAndTheRestDoesNot() {
    try (Flow flow = flow(1)) {
      List<String> once = flow.taps().stream().filter(path -> !Flow.runsEachStep(path)).toList();
      assertThat(once)
          .containsExactly(
              "flow.spk_embed_affine_layer",
              "flow.input_embedding",
              "flow.pre_lookahead_layer.conv1",
              "flow.pre_lookahead_layer.conv2",
              "flow.pre_lookahead_layer",
              "flow.decoder.0");
    }
  }

  @Test
  void attentionMask_streamingOrNot_isInBlocksOrFull() {
    try (Flow flow = flow(1)) {
      Tensor blocks = flow.attentionMask(sample.input(true, true), arena);
      Tensor full = flow.attentionMask(sample.input(false, true), arena);

      assertThat(blocks.shape()).isEqualTo(Shape.of(106, 106));
      assertThat(blocks.getLong(49)).isEqualTo(1);
      assertThat(blocks.getLong(50)).isEqualTo(0);
      assertThat(full.getLong(105)).isEqualTo(1);
      assertThat(flow.attentionMask(sample.input(true, false), arena).shape())
          .isEqualTo(Shape.of(100, 100));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "final_streaming, true, true, 10",
    "chunk, false, false, 10",
    "chunk_streaming, true, false, 10",
    "one_step, false, true, 1",
    "seven_steps, false, true, 7",
  })
  void inference_otherModes_areUpstreamsMel(
      String name, boolean streaming, boolean isFinal, int nTimesteps) {
    Tensor expected = sample.cases().get(name);
    try (Flow flow = flow(nTimesteps)) {
      Tensor mel = flow.inference(sample.input(streaming, isFinal), sample.randNoise(), arena);

      assertThat(mel.shape()).isEqualTo(expected.shape());
      assertThat(relativeL2(mel, expected)).isAtMost(MEL_LIMIT);
      assertThat(sigmaOfFew(mel, expected, sample.cases().get("truth." + name))).isAtMost(SIGMA);
    }
  }

  @Test
  void taps_sample_endWithTheDecoderAndNameEveryBlock() {
    try (Flow flow = flow(10)) {
      assertThat(flow.taps()).containsNoDuplicates();
      assertThat(flow.taps()).contains("flow.decoder.estimator.transformer_blocks.1.attn_norm.4");
      assertThat(flow.taps().getLast()).isEqualTo("flow.decoder.0");
    }
  }

  @Test
  void new_sample_usesEveryWeight() {
    flow(10).close();

    assertThat(sample.weights().unused()).isEmpty();
  }

  @Test
  void inference_tokenBelowZero_countsAsZero() {
    FlowInput input = sample.input(false, true);
    Tensor zero = tokens(0, 7, 9);
    Tensor below = tokens(-5, 7, 9);
    try (Flow flow = flow(1)) {
      Tensor expected = flow.inference(with(input, zero), sample.randNoise(), arena);
      Tensor mel = flow.inference(with(input, below), sample.randNoise(), arena);

      assertThat(mel.data().mismatch(expected.data())).isEqualTo(-1);
    }
  }

  @Test
  void inference_tokenBeyondTheVocabulary_isRefused() {
    try (Flow flow = flow(1)) {
      FlowInput last = with(sample.input(false, true), tokens(1, 6560));
      assertThat(flow.inference(last, sample.randNoise(), arena).shape().dim(2)).isEqualTo(4);

      FlowInput beyond = with(sample.input(false, true), tokens(1, 6561));
      BadInputException e =
          assertThrows(
              BadInputException.class, () -> flow.inference(beyond, sample.randNoise(), arena));
      assertThat(e).hasMessageThat().contains("token[1] is 6561");
      assertThat(e).hasMessageThat().contains("0 to 6560");
    }
  }

  @Test
  void inference_chunkOfContextAlone_isRefused() {
    try (Flow flow = flow(1)) {
      FlowInput input = with(sample.input(false, false), tokens(1, 2, 3));
      BadInputException e =
          assertThrows(
              BadInputException.class, () -> flow.inference(input, sample.randNoise(), arena));
      assertThat(e).hasMessageThat().contains("give more tokens");
    }
  }

  @Test
  void inference_noiseTooShort_isRefused() {
    Tensor noise = Tensor.allocate(DType.F32, Shape.of(1, 80, 105), arena);
    try (Flow flow = flow(1)) {
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () -> flow.inference(sample.input(false, true), noise, arena));
      assertThat(e).hasMessageThat().contains("106 mel frames, but rand_noise has 105");
    }
  }

  @Test
  void inference_embeddingOfAnotherWidth_isRefused() {
    FlowInput in = sample.input(false, true);
    Tensor narrow = Tensor.allocate(DType.F32, Shape.of(1, 191), arena);
    FlowInput input =
        new FlowInput(in.token(), in.promptToken(), in.promptFeat(), narrow, false, true);
    try (Flow flow = flow(1)) {
      BadInputException e =
          assertThrows(
              BadInputException.class, () -> flow.inference(input, sample.randNoise(), arena));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo("embedding is F32 [1, 191], but the flow takes F32 [1, 192]");
    }
  }

  @Test
  void close_thenInference_isRefused() {
    Flow flow = flow(1);
    flow.close();

    FlowInput input = sample.input(false, true);
    assertThrows(
        IllegalStateException.class, () -> flow.inference(input, sample.randNoise(), arena));
  }

  private static FlowInput with(FlowInput input, Tensor token) {
    return new FlowInput(
        token,
        input.promptToken(),
        input.promptFeat(),
        input.embedding(),
        input.streaming(),
        input.isFinal());
  }

  private static Tensor tokens(int... ids) {
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }
}
