package parity.cosyvoice.text;

import java.nio.file.Path;
import java.util.List;
import parity.tensors.BadInput;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The part of {@code CosyVoiceFrontEnd} ({@code cosyvoice/cli/frontend.py}) that is about text:
 * from what a person writes to segments, and from a segment to ids. It is the path that upstream
 * takes where neither ttsfrd nor wetext is installed.
 *
 * <p>Immutable and free to share between threads.
 */
public final class TextFrontend {
  private final Qwen2Tokenizer tokenizer;

  private TextFrontend(Qwen2Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json} of {@code
   * CosyVoice-BlankEN}.
   *
   * @param modelDir the folder that holds {@code CosyVoice-BlankEN}
   * @throws BadInput if one of them is missing or is not what Qwen2's tokenizer reads
   */
  public static TextFrontend open(Path modelDir) {
    TokenizerFiles files = TokenizerFiles.read(modelDir.resolve("CosyVoice-BlankEN"));
    return new TextFrontend(Qwen2Tokenizer.of(files));
  }

  /**
   * {@code text_normalize(text, split)} without a normaliser. A text that holds both {@code <|} and
   * {@code |>} is returned as it is, whatever its length. Any other is stripped; with a Chinese
   * character in it, it goes the Chinese way, and else the English one, where digits become words.
   *
   * @param split whether to cut into segments; else the list holds the whole text
   * @return the segments to speak; none if the text holds nothing but punctuation and symbols
   * @throws BadInput if a number has no English name. Upstream raises there too
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
   * @throws BadInput if the text has half a surrogate pair, and so no UTF-8 form
   */
  public Tensor tokens(String text) {
    int[] ids = tokenizer.encode(text);
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }
}
