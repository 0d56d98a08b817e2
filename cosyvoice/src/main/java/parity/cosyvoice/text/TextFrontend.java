package parity.cosyvoice.text;

import java.nio.file.Path;
import java.util.List;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Text;

/**
 * The part of {@code CosyVoiceFrontEnd} ({@code cosyvoice/cli/frontend.py}) that is about text:
 * from what a person writes to segments, and from a segment to ids. It is the path that upstream
 * takes where neither ttsfrd nor wetext is installed.
 *
 * <p>Immutable and free to share between threads.
 */
public final class TextFrontend {
  private static final String END_OF_PROMPT = "<|endofprompt|>";

  private final Qwen2Tokenizer tokenizer;
  private final WrittenTokens writtenTokens;

  private TextFrontend(Qwen2Tokenizer tokenizer, SpecialTokens special) {
    this.tokenizer = tokenizer;
    this.writtenTokens = new WrittenTokens(special);
  }

  /**
   * Reads {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json} of {@code
   * CosyVoice-BlankEN}.
   *
   * @param modelDir the folder that holds {@code CosyVoice-BlankEN}
   * @throws BadInputException if one of them is missing or is not what Qwen2's tokenizer reads
   */
  public static TextFrontend open(Path modelDir) {
    TokenizerFiles files = TokenizerFiles.read(modelDir.resolve("CosyVoice-BlankEN"));
    SpecialTokens special = SpecialTokens.of(files);
    return new TextFrontend(new Qwen2Tokenizer(special, BytePairEncoding.of(files)), special);
  }

  /**
   * The segments of a text that a person wants to hear: {@link #textNormalize} of a text that
   * {@link #requireSpeakable} accepts.
   *
   * @return at least one
   * @throws BadInputException if it is not accepted, or a number in it has no English name
   */
  public List<String> segments(String what, String text) {
    requireSpeakable(what, text);
    return textNormalize(text, true);
  }

  /**
   * Refuses a text that nobody can want to hear. Upstream speaks noise where there is nothing to
   * say, or raises.
   *
   * @param what how messages call the text: {@code --text}
   * @throws BadInputException if there is nothing but blanks, punctuation and symbols in it, or
   *     behind the last {@code <|endofprompt|>} in it; or as {@link #requireWritten}
   */
  public void requireSpeakable(String what, String text) {
    requireWritten(what, text);
    int system = text.lastIndexOf(END_OF_PROMPT);
    String said = system < 0 ? text : text.substring(system + END_OF_PROMPT.length());
    if (PythonText.isSilent(said)) {
      throw new BadInputException(
          "%s: %s has nothing to say%s: expected words, digits or sounds such as [breath]; give some"
              .formatted(what, Text.quote(text), system < 0 ? "" : " behind " + END_OF_PROMPT));
    }
  }

  /**
   * Refuses a text that the model would read otherwise than it was meant: with {@code <|foo|>} in
   * it where that is no special token, or with one that is not written as it should be, {@code
   * <|endofprompt}. Upstream takes them for what stands there, letter by letter.
   *
   * @param what how messages call the text: {@code --prompt-text}
   * @throws BadInputException if there is such a thing in it, or half a surrogate pair
   */
  public void requireWritten(String what, String text) {
    Qwen2Tokenizer.requireUnicode(what, text);
    writtenTokens.require(what, text);
  }

  /**
   * {@code text_normalize(text, split)} without a normaliser. A text that holds both {@code <|} and
   * {@code |>} is returned as it is, whatever its length. Any other is stripped; with a Chinese
   * character in it, it goes the Chinese way, and else the English one, where digits become words.
   *
   * @param split whether to cut into segments; else the list holds the whole text
   * @return the segments to speak; none if the text holds nothing but punctuation and symbols
   * @throws BadInputException if a number has no English name. Upstream raises there too
   */
  public List<String> textNormalize(String text, boolean split) {
    if (text.isEmpty() || (text.contains("<|") && text.contains("|>"))) {
      return List.of(text);
    }
    String stripped = PythonText.strip(text);
    boolean chinese = Normalization.containsChinese(stripped);
    String normalized =
        chinese ? Normalization.chinese(stripped) : EnglishNumbers.spellOut(stripped);
    if (!split) {
      return List.of(normalized);
    }
    Paragraph paragraph =
        chinese ? Paragraph.chinese() : Paragraph.english(part -> tokenizer.encode(part).length);
    return paragraph.split(normalized).stream()
        .filter(segment -> !PythonText.isOnlyPunctuation(segment))
        .toList();
  }

  /**
   * {@code _extract_text_token(text)}.
   *
   * @return int32 [1, L], on the heap; L is 0 for an empty text
   * @throws BadInputException if the text has half a surrogate pair, and so no UTF-8 form
   */
  public Tensor tokens(String text) {
    int[] ids = tokenizer.encode(text);
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }
}
