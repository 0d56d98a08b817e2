package parity.cosyvoice.llm;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static parity.cosyvoice.SampleCapture.relativeL2OfRow;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.OneOther;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class LlmTest {
  private static final double LIMIT = 2;

  private final Arena arena = Arena.ofConfined();
  private final LlmSample sample = new LlmSample();

  @AfterEach
  void close() {
    sample.close();
    arena.close();
  }

  private static Llm llm(Weights weights) {
    return new Llm(LlmSample.config(), LlmSample.qwen(), weights, Engine.of(1));
  }

  @Test
  void forced_sample_everyTapOfTheCaptureIsWithinItsFloor() {
    List<String> order = new ArrayList<>();
    try (Llm llm = llm(sample.weights())) {
      TapSink sink =
          captured((name, tensor) -> {
            order.add(name);
            assertWithMessage(name).that(tensor.shape()).isEqualTo(sample.taps().get(name).shape());
            assertWithMessage(name).that(sample.sigma(name, tensor)).isAtMost(LIMIT);
          });
      llm.forced(sample.prompt(), sample.tokens(), sample.logp().shape().dim(0), sink, arena);
    }

    String json = order.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    assertThat(json).isEqualTo(sample.taps().metadata().get("order"));
  }

  @Test
  void forced_oneWeightNudged_isOutsideTheFloor() {
    String name = "llm.model.model.layers.1.mlp.up_proj.weight";
    Tensor weight = sample.weights().get(name);
    float[] values = weight.toFloats();
    values[5] *= 1.001f;
    Tensor nudged = Tensor.ofFloats(weight.shape(), values);
    Map<String, Double> sigmas = new HashMap<>();
    try (Llm llm = llm(new OneOther(sample.weights(), name, nudged))) {
      TapSink sink = captured((tap, tensor) -> sigmas.put(tap, sample.sigma(tap, tensor)));
      llm.forced(sample.prompt(), sample.tokens(), sample.logp().shape().dim(0), sink, arena);
    }

    assertThat(sigmas.get("llm.llm.model.model.layers.1.mlp.gate_proj#0")).isAtMost(LIMIT);
    assertThat(sigmas.get("llm.llm.model.model.layers.1.mlp.up_proj#0")).isGreaterThan(LIMIT);
  }

  /** The calls that the capture has, by its names for them. */
  private TapSink captured(BiConsumer<String, Tensor> sink) {
    return new TapSink() {
      @Override
      public boolean wants(String path, int call) {
        return sample.taps().contains(sample.name(path, call));
      }

      @Override
      public void accept(String path, int call, Tensor tensor) {
        assertThat(wants(path, call)).isTrue();
        sink.accept(sample.name(path, call), tensor);
      }
    };
  }

  @Test
  void forced_sample_everyStepIsThatOfTheCapture() {
    Tensor expected = sample.logp();
    long steps = expected.shape().dim(0);
    try (Llm llm = llm(sample.weights())) {
      Tensor plain = llm.forced(sample.prompt(), sample.tokens(), steps, arena);
      Tensor tapped =
          llm.forced(sample.prompt(), sample.tokens(), steps, (path, call, tensor) -> {}, arena);

      assertThat(plain.shape()).isEqualTo(expected.shape());
      assertThat(plain.data().mismatch(tapped.data())).isEqualTo(-1);
      for (int step = 0; step < steps; step++) {
        assertWithMessage("step %s", step)
            .that(relativeL2OfRow(plain, expected, step))
            .isAtMost(1e-6);
      }
    }
  }

  @Test
  void forced_asManyStepsAsTokens_doesNotRunTheLastToken() {
    Map<String, Integer> calls = new HashMap<>();
    TapSink count =
        (path, call, tensor) -> assertThat(calls.merge(path, 1, Integer::sum)).isEqualTo(call + 1);
    Tensor tokens = Tensor.ofInts(Shape.of(1, 3), 7, 6560, 0);
    try (Llm llm = llm(sample.weights())) {
      Tensor logp = llm.forced(sample.prompt(), tokens, 3, count, arena);

      assertThat(logp.shape()).isEqualTo(Shape.of(3, 6761));
      assertThat(calls).containsEntry("llm.llm.model.model.embed_tokens", 1);
      assertThat(calls).containsEntry("llm.speech_embedding", 1);
      assertThat(calls).containsEntry("llm.llm.model.model.rotary_emb.1", 3);
      assertThat(calls).containsEntry("llm.llm_decoder", 3);
    }
  }

  @Test
  void forced_promptWithoutSpeech_speechEmbeddingIsNotCalled() {
    List<String> seen = new ArrayList<>();
    var prompt =
        new LlmPrompt(
            sample.artifacts().get("prompt_text"),
            sample.artifacts().get("text"),
            Tensor.ofInts(Shape.of(1, 0)));
    try (Llm llm = llm(sample.weights())) {
      Tensor none = Tensor.ofInts(Shape.of(1, 0));
      llm.forced(prompt, none, 1, (path, call, tensor) -> seen.add(path), arena);
    }

    assertThat(seen).contains("llm.llm.model.model.embed_tokens");
    assertThat(seen).doesNotContain("llm.speech_embedding");
  }

  @Test
  void decode_twoAtATime_doNotDisturbEachOther() {
    try (Llm llm = llm(sample.weights());
        Decoding first = llm.decode(sample.prompt(), 2);
        Decoding second = llm.decode(sample.prompt(), 2)) {
      first.next(1);
      second.next(2);
      first.next(3);
      second.next(3);
      Tensor alone = llm.forced(sample.prompt(), Tensor.ofInts(Shape.of(1, 2), 1, 3), 3, arena);

      assertThat(first.logp().data().mismatch(alone.data().asSlice(2 * 6761L * Float.BYTES)))
          .isEqualTo(-1);
      assertThat(first.logp().data().mismatch(second.logp().data())).isNotEqualTo(-1);
    }
  }

  @Test
  void next_moreTokensThanThereWasRoomForAtFirst_isAsIfTheyWereThePrompts() {
    int[] tokens = IntStream.range(0, 600).map(i -> i * 7 % 6561).toArray();
    Tensor text = sample.prompt().text();
    var all = new LlmPrompt(text, text, Tensor.ofInts(Shape.of(1, 600), tokens));
    var none = new LlmPrompt(text, text, Tensor.ofInts(Shape.of(1, 0)));
    try (Llm llm = llm(sample.weights());
        Decoding given = llm.decode(all, 0);
        Decoding stepped = llm.decode(none, 100_000)) {
      for (int token : tokens) {
        stepped.next(token);
      }

      assertThat(relativeL2OfRow(stepped.logp(), given.logp(), 0)).isAtMost(1e-6);
    }
  }

  @Test
  void next_tokenThatTheModelLacks_saysWhichThereAre() {
    try (Llm llm = llm(sample.weights());
        Decoding decoding = llm.decode(sample.prompt(), 2)) {
      decoding.next(6760);
      var error = assertThrows(BadInputException.class, () -> decoding.next(6761));

      assertThat(error).hasMessageThat().contains("token 6761 has no row in speech_embedding");
      assertThat(error).hasMessageThat().contains("0 to 6760");
    }
  }

  @Test
  void next_moreTokensThanAnnounced_isRefused() {
    try (Llm llm = llm(sample.weights());
        Decoding decoding = llm.decode(sample.prompt(), 1)) {
      decoding.next(0);
      assertThrows(IllegalStateException.class, () -> decoding.next(0));
    }
  }

  @Test
  void decode_textIdOutsideTheVocabulary_namesTheEmbedding() {
    Tensor text = Tensor.ofInts(Shape.of(1, 1), 151936);
    Tensor none = Tensor.ofInts(Shape.of(1, 0));
    try (Llm llm = llm(sample.weights())) {
      var error =
          assertThrows(
              BadInputException.class, () -> llm.decode(new LlmPrompt(none, text, none), 1));

      assertThat(error).hasMessageThat().contains("token 151936 has no row in llm.model.model");
    }
  }

  @Test
  void forced_stepsThatDoNotFitTheTokens_saysHowManyAreExpected() {
    Tensor tokens = Tensor.ofInts(Shape.of(1, 2), 1, 2);
    try (Llm llm = llm(sample.weights())) {
      for (long steps : new long[] {0, 1, 4}) {
        var error =
            assertThrows(
                BadInputException.class, () -> llm.forced(sample.prompt(), tokens, steps, arena));
        assertThat(error).hasMessageThat().contains(steps + " steps for 2 speech tokens");
      }
    }
  }

  @Test
  void close_thenUse_isRefused() {
    Llm llm = llm(sample.weights());
    Decoding decoding = llm.decode(sample.prompt(), 1);
    Tensor logp = decoding.logp();
    decoding.close();
    llm.close();

    assertThrows(IllegalStateException.class, () -> logp.getFloat(0));
    assertThrows(IllegalStateException.class, () -> llm.decode(sample.prompt(), 1));
  }
}
