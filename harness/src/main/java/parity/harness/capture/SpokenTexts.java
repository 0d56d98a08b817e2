package parity.harness.capture;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * What the metadata of a capture say of its texts.
 *
 * @param normaliser which normaliser upstream found, empty text for none; nothing where it is not
 *     said
 * @param tts what was to be spoken
 * @param segments what upstream made of it; nothing where only the one segment is there
 * @param index which segment was spoken
 * @param segment that segment
 * @param prompt {@code prompt_text} or {@code instruct_text}, as the mode has it; else empty
 * @param promptNormalized what upstream made of it
 */
public record SpokenTexts(
    Optional<String> normaliser,
    String tts,
    Optional<List<String>> segments,
    int index,
    String segment,
    String prompt,
    String promptNormalized) {
  /** The segment that was spoken. */
  public static final String SEGMENT = "tts_text_segment";

  /** The prompt's text as the language model reads it. */
  public static final String PROMPT = "prompt_text_normalized";

  private static final String TTS = "tts_text";

  /** Names of what the metadata of a mode must hold. */
  public static List<String> required(Mode mode) {
    return switch (mode) {
      case ZERO_SHOT -> List.of(TTS, SEGMENT, PROMPT, "prompt_text");
      case INSTRUCT2 -> List.of(TTS, SEGMENT, PROMPT, "instruct_text");
      case CROSS_LINGUAL -> List.of(TTS, SEGMENT, PROMPT);
      case VC -> List.of();
    };
  }

  /**
   * From metadata that hold what is {@linkplain #required required}.
   *
   * @throws BadInputException if segments or their index make no sense
   */
  public static SpokenTexts of(Map<String, String> metadata, Mode mode) {
    return new SpokenTexts(
        Optional.ofNullable(metadata.get("text_frontend")),
        text(metadata, TTS),
        Optional.ofNullable(metadata.get("segments")).map(SpokenTexts::segments),
        index(metadata.getOrDefault("segment_index", "0")),
        text(metadata, SEGMENT),
        switch (mode) {
          case ZERO_SHOT -> text(metadata, "prompt_text");
          case INSTRUCT2 -> text(metadata, "instruct_text");
          case CROSS_LINGUAL, VC -> "";
        },
        text(metadata, PROMPT));
  }

  private static String text(Map<String, String> metadata, String name) {
    return Objects.requireNonNull(metadata.get(name), name);
  }

  private static List<String> segments(String json) {
    return TextList.of(json)
        .orElseThrow(() ->
            new BadInputException(
                "metadata of the capture: segments is %s: expected a JSON list of texts; capture again"
                    .formatted(Text.quote(json))));
  }

  private static int index(String text) {
    if (text.matches("\\d{1,9}")) {
      return Integer.parseInt(text);
    }
    throw new BadInputException(
        "metadata of the capture: segment_index is %s: expected a number from 0; capture again"
            .formatted(Text.quote(text)));
  }
}
