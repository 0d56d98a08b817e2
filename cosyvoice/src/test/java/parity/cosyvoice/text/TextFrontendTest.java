package parity.cosyvoice.text;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** What upstream does not do, or does by raising; the rest is in {@link UpstreamTextsTest}. */
final class TextFrontendTest {
  static final Path MODEL = Path.of("..", "samples", "model");
  private static final TextFrontend FRONTEND = TextFrontend.open(MODEL);

  private static String refusal(String text) {
    var error = assertThrows(BadInputException.class, () -> FRONTEND.segments("--text", text));
    assertThat(error).hasMessageThat().startsWith("--text: ");
    assertThat(error).hasMessageThat().doesNotContain("\n");
    return String.valueOf(error.getMessage());
  }

  @Test
  void tokens_text_areOneRowOfInts() {
    Tensor tokens = FRONTEND.tokens("Hello");
    assertThat(tokens.dtype()).isEqualTo(DType.I32);
    assertThat(tokens.shape()).isEqualTo(Shape.of(1, tokens.elements()));
  }

  @Test
  void tokens_emptyText_areNone() {
    assertThat(FRONTEND.tokens("").shape()).isEqualTo(Shape.of(1, 0));
  }

  @Test
  void tokens_halfASurrogatePair_isRefused() {
    var error = assertThrows(BadInputException.class, () -> FRONTEND.tokens("a\ud83d"));
    assertThat(error)
        .hasMessageThat()
        .isEqualTo(
            "text: 'a\\ud83d' has half a surrogate pair: expected Unicode; give it anew, as UTF-8");
  }

  @Test
  void textNormalize_blanksAlone_hasNoSegment() {
    assertThat(FRONTEND.textNormalize(" \n", true)).isEmpty();
    assertThat(FRONTEND.textNormalize(" \n", false)).containsExactly("");
  }

  @Test
  void textNormalize_quoteBehindAStopThatNothingStandsBefore_opensWhatFollows() {
    assertThat(FRONTEND.textNormalize("!\"Stop\" he said.", true))
        .containsExactly("\"Stop\" he said.");
    assertThat(FRONTEND.textNormalize("。“你好。”", true)).containsExactly("“你好。”");
  }

  @Test
  void textNormalize_tooLargeANumber_isRefused() {
    var error =
        assertThrows(BadInputException.class, () -> FRONTEND.textNormalize("1".repeat(37), true));
    assertThat(error)
        .hasMessageThat()
        .contains("the number 111111111111... has 37 digits, expected at most 36");
    assertThat(FRONTEND.textNormalize("9".repeat(36), true).getFirst())
        .startsWith("nine hundred and ninety-nine decillion, ");
  }

  @Test
  void textNormalize_zerosOfAnotherScriptInFront_areLeftOut() {
    assertThat(FRONTEND.textNormalize("\u0660\u0660\u0660\u0665", true)).containsExactly("five.");
  }

  @Test
  void segments_text_areUpstreams() {
    assertThat(FRONTEND.segments("--text", "Hi there")).containsExactly("Hi there.");
    String system = "You are a helpful assistant.<|endofprompt|>Hi";
    assertThat(FRONTEND.segments("--text", system)).containsExactly(system);
    assertThat(FRONTEND.segments("--text", "[breath]")).containsExactly("[breath].");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\u3000", ".", "。", "! !", "“”", "😀", " — … "})
  void segments_nothingToSay_isRefused(String text) {
    assertThat(refusal(text))
        .contains(
            "has nothing to say: expected words, digits or sounds such as [breath]; give some");
  }

  @Test
  void segments_nothingBehindTheSystemPrompt_isRefused() {
    assertThat(refusal("You are a helpful assistant.<|endofprompt|> ."))
        .contains("has nothing to say behind <|endofprompt|>: expected words");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<|foo|>", "<|EndOfPrompt|>", "<| endofprompt |>", "<||>", "<|end of prompt|>"})
  void segments_unknownSpecialToken_isRefused(String token) {
    assertThat(refusal("Say " + token + " this."))
        .startsWith(
            "--text: "
                + token
                + " is no special token of this model: expected one of <|endoftext|>, <|im_start|>,"
                + " <|im_end|>, <|endofprompt|>, <|endofsystem|>;");
  }

  @ParameterizedTest
  @CsvSource({
    "<|endofprompt, <|endofprompt",
    "<|endofprompt>, <|endofprompt>",
    "<endofprompt|>, <endofprompt|>",
    "endofprompt|>, endofprompt|>",
    "<|endofprompt|, <|endofprompt|",
    "<ENDOFPROMPT>, <ENDOFPROMPT>"
  })
  void segments_brokenSpecialToken_isRefused(String written, String found) {
    assertThat(refusal("A system prompt." + written + " Say this."))
        .startsWith("--text: found " + found + ", expected <|endofprompt|>: ");
  }

  @Test
  void segments_signsThatAreNoToken_areSpoken() {
    assertThat(FRONTEND.segments("--text", "a <| b")).containsExactly("a <| b.");
    assertThat(FRONTEND.segments("--text", "the endofprompt of it"))
        .containsExactly("the endofprompt of it.");
  }

  @Test
  void requireWritten_halfASurrogatePair_isRefused() {
    var error =
        assertThrows(
            BadInputException.class, () -> FRONTEND.requireWritten("--prompt-text", "\ude00"));
    assertThat(error).hasMessageThat().startsWith("--prompt-text: '\\ude00' has half a surrogate");
  }
}
