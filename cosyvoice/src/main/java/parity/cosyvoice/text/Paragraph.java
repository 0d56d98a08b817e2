package parity.cosyvoice.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** {@code split_paragraph} of {@code cosyvoice/utils/frontend_utils.py}: a text in segments. */
final class Paragraph {
  private static final int TOKEN_MAX_N = 80;
  private static final int TOKEN_MIN_N = 60;
  private static final int MERGE_LEN = 20;
  private static final String QUOTES = "\"”";

  private final String stops;
  private final char stop;
  private final ToIntFunction<String> length;

  private Paragraph(String stops, char stop, ToIntFunction<String> length) {
    this.stops = stops;
    this.stop = stop;
    this.length = length;
  }

  /** Segments are measured in characters. */
  static Paragraph chinese() {
    return new Paragraph("。？！；：、.?!;", '。', text -> text.codePointCount(0, text.length()));
  }

  /**
   * Segments are measured in tokens.
   *
   * @param tokens how many tokens a text has
   */
  static Paragraph english(ToIntFunction<String> tokens) {
    return new Paragraph(".?!;:", '.', tokens);
  }

  /**
   * Cuts behind stops, into segments of 60 to 80 where the stops allow it.
   *
   * @return in the order of the text; none if it has nothing but stops
   */
  List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> segments = new ArrayList<>();
    String current = "";
    for (String utterance : utterances(text)) {
      if (length.applyAsInt(current + utterance) > TOKEN_MAX_N
          && length.applyAsInt(current) > TOKEN_MIN_N) {
        segments.add(current);
        current = "";
      }
      current += utterance;
    }
    if (!current.isEmpty()) {
      if (length.applyAsInt(current) < MERGE_LEN && !segments.isEmpty()) {
        segments.add(segments.removeLast() + current);
      } else {
        segments.add(current);
      }
    }
    return segments;
  }

  /**
   * Everything up to each stop, with it and with a quotation mark behind it. Of stops in a row only
   * the first is kept. A stop that nothing stands before is dropped, and then a quotation mark
   * behind it opens what follows; upstream fails there if it is the text's first stop.
   */
  private List<String> utterances(String unfinished) {
    String text =
        stops.indexOf(unfinished.charAt(unfinished.length() - 1)) < 0
            ? unfinished + stop
            : unfinished;
    List<String> utterances = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (stops.indexOf(text.charAt(i)) < 0) {
        continue;
      }
      if (i > start) {
        utterances.add(text.substring(start, i + 1));
      }
      start = i + 1;
      if (start < text.length()
          && QUOTES.indexOf(text.charAt(start)) >= 0
          && !utterances.isEmpty()) {
        utterances.add(utterances.removeLast() + text.charAt(start));
        start++;
      }
    }
    return utterances;
  }
}
