package parity.cosyvoice.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * Tokens that stand in a text as they are: those of {@code tokenizer_config.json}, then those that
 * {@code CosyVoice3Tokenizer} ({@code cosyvoice/tokenizer/tokenizer.py}) adds, in its order. What
 * the vocabulary does not have yet gets the next id.
 */
final class SpecialTokens {
  private final Map<String, Integer> ids;
  private final Pattern anyOfThem;

  private SpecialTokens(Map<String, Integer> ids) {
    this.ids = ids;
    // The longest of those that begin at the first place where one begins.
    String longestFirst =
        ids.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    // Nearly no character of a text is one that they begin with, and there are hundreds of them.
    String firstLetters =
        ids.keySet().stream()
            .map(token -> Pattern.quote(token.substring(0, 1)))
            .distinct()
            .collect(Collectors.joining("|"));
    this.anyOfThem = Pattern.compile("(?=" + firstLetters + ")(?:" + longestFirst + ")");
  }

  /**
   * Numbers them.
   *
   * @throws BadInputException if {@code tokenizer_config.json} gives a token another id than it
   *     gets
   */
  static SpecialTokens of(TokenizerFiles files) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(files.added().values());
    all.addAll(ofCosyVoice3());
    for (String token : all) {
      if (!ids.containsKey(token)) {
        ids.put(token, id(token, files.vocabulary(), ids));
      }
    }
    var special = new SpecialTokens(Collections.unmodifiableMap(ids));
    files.added().forEach((id, token) -> requireSame(files, token, id, special.id(token)));
    return special;
  }

  /** As the tokenizers library does: holes in the vocabulary's ids are not filled from the end. */
  private static int id(String token, Map<String, Integer> vocabulary, Map<String, Integer> ids) {
    Integer known = vocabulary.get(token);
    if (known != null) {
      return known;
    }
    int last = ids.isEmpty() ? -1 : Collections.max(ids.values());
    return Math.max(last + 1, vocabulary.size());
  }

  private static void requireSame(TokenizerFiles files, String token, int said, int id) {
    if (said != id) {
      throw new BadInputException(
          "%s: token %s has id %d, but behind this vocab.json it gets %d: expected the two files of one release"
              .formatted(
                  files.folder().resolve("tokenizer_config.json"), Text.quote(token), said, id));
    }
  }

  private static List<String> ofCosyVoice3() {
    try (InputStream list =
        Objects.requireNonNull(SpecialTokens.class.getResourceAsStream("special_tokens.txt"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds any of them. */
  Pattern pattern() {
    return anyOfThem;
  }

  /** The id of one of them. */
  int id(String token) {
    return Objects.requireNonNull(ids.get(token));
  }

  /** All of them, in the order of the lists. */
  Set<String> tokens() {
    return ids.keySet();
  }
}
