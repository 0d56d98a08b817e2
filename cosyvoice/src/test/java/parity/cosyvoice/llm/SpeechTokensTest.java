package parity.cosyvoice.llm;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.cosyvoice.onnx.Engine;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

final class SpeechTokensTest {
  private static final int NO_START_TOKEN = 6561;

  private final LlmSample sample = new LlmSample();
  private final Llm llm =
      new Llm(LlmSample.config(), LlmSample.qwen(), sample.weights(), Engine.of(1));

  @AfterEach
  void close() {
    llm.close();
    sample.close();
  }

  private static Tensor ids(int... ids) {
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }

  private LlmPrompt promptOf(int... text) {
    return new LlmPrompt(sample.prompt().promptText(), ids(text), ids());
  }

  private static List<Integer> all(SpeechTokens tokens) {
    List<Integer> drawn = new ArrayList<>();
    for (OptionalInt token = tokens.next(); token.isPresent(); token = tokens.next()) {
      drawn.add(token.getAsInt());
    }
    return drawn;
  }

  @Test
  void next_seedOfTheCapture_drawsItsTokens() {
    long seed = Long.parseLong(sample.artifacts().metadata().get("seed"));
    try (SpeechTokens tokens = llm.generate(sample.prompt(), new TorchGenerator(seed))) {
      List<Integer> expected =
          Arrays.stream(sample.artifacts().get("speech_tokens").toInts())
              .boxed()
              .collect(Collectors.toList());

      assertThat(all(tokens)).isEqualTo(expected);
    }
  }

  @Test
  void next_afterTheEnd_staysEmptyAndDrawsNothing() {
    List<Long> sizes = new ArrayList<>();
    Multinomial last =
        prob -> {
          sizes.add(prob.elements());
          return 0;
        };
    try (SpeechTokens tokens = llm.generate(promptOf(7), last)) {
      int length = all(tokens).size();
      int draws = sizes.size();

      assertThat(tokens.next()).isEqualTo(OptionalInt.empty());
      assertThat(sizes).hasSize(draws);
      assertThat(length).isAtMost(20);
    }
  }

  @Test
  void next_greatestLength_endsWithoutAStopToken() {
    // The likeliest of the nucleus, or where that is said already, token 3.
    Multinomial never = prob -> prob.elements() > 25 ? 3 : 0;
    try (SpeechTokens tokens = llm.generate(promptOf(7, 8), never)) {
      List<Integer> drawn = all(tokens);
      int ended = tokens.stop().orElse(NO_START_TOKEN);

      assertThat(drawn.size() == 40).isEqualTo(tokens.stop().isEmpty());
      assertThat(ended).isAtLeast(NO_START_TOKEN);
    }
  }

  @Test
  void next_emptyText_saysNothingAndRunsNothing() {
    Multinomial none =
        prob -> {
          throw new AssertionError("nothing is to be drawn");
        };
    try (SpeechTokens tokens = llm.generate(promptOf(), none)) {
      assertThat(tokens.next()).isEqualTo(OptionalInt.empty());
      assertThat(tokens.stop()).isEqualTo(OptionalInt.empty());
    }
  }

  @Test
  void next_afterClose_isRefused() {
    SpeechTokens tokens = llm.generate(sample.prompt(), new TorchGenerator(0));
    assertThat(tokens.next()).isNotEqualTo(OptionalInt.empty());
    tokens.close();
    tokens.close();

    var error = assertThrows(IllegalStateException.class, tokens::next);
    assertThat(error).hasMessageThat().isEqualTo("the speech tokens are closed");
  }

  @Test
  void next_textIdOutsideTheVocabulary_namesTheEmbedding() {
    try (SpeechTokens tokens = llm.generate(promptOf(151936), new TorchGenerator(0))) {
      var error = assertThrows(BadInputException.class, tokens::next);

      assertThat(error).hasMessageThat().contains("token 151936 has no row in llm.model.model");
    }
  }

  @Test
  void generate_noEndOfPrompt_saysHowThePromptBegins() {
    var prompt = new LlmPrompt(ids(1, 2), ids(3), ids());
    var error =
        assertThrows(BadInputException.class, () -> llm.generate(prompt, new TorchGenerator(0)));

    assertThat(error)
        .hasMessageThat()
        .contains("neither prompt_text nor text has <|endofprompt|> (id 151646)");
    assertThat(error).hasMessageThat().contains("'You are a helpful assistant.<|endofprompt|>'");
  }

  @Test
  void generate_endOfPromptInTheText_isEnough() {
    var prompt = new LlmPrompt(ids(), ids(5, 151646, 9), ids());
    try (SpeechTokens tokens = llm.generate(prompt, new TorchGenerator(0))) {
      assertThat(tokens.next()).isNotEqualTo(OptionalInt.empty());
    }
  }
}
