package parity.cosyvoice.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parity.tensors.BadInputException;

/**
 * Finds in a text what was meant to be a special token of the form {@code <|name|>} and is none.
 */
final class WrittenTokens {
  private static final Pattern ANY = Pattern.compile("<\\|[^<>|]*\\|>");

  private final SpecialTokens special;
  private final List<String> known;
  private final Pattern nearly;

  WrittenTokens(SpecialTokens special) {
    this.special = special;
    this.known = special.tokens().stream().filter(token -> ANY.matcher(token).matches()).toList();
    String names =
        known.stream()
            .map(token -> Pattern.quote(token.substring(2, token.length() - 2)))
            .collect(Collectors.joining("|", "(", ")"));
    this.nearly =
        Pattern.compile(
            "[<|]+\\s*" + names + "\\b\\s*[|>]*|\\b" + names + "\\s*[|>]+",
            Pattern.CASE_INSENSITIVE);
  }

  /**
   * Refuses the first that it finds.
   *
   * @throws BadInputException if there is one
   */
  void require(String what, String text) {
    String rest = special.pattern().matcher(text).replaceAll(" ");
    Matcher any = ANY.matcher(rest);
    if (any.find()) {
      throw new BadInputException(
          "%s: %s is no special token of this model: expected one of %s; write one of them, or leave out <| and |>"
              .formatted(what, any.group(), String.join(", ", known)));
    }
    Matcher near = nearly.matcher(rest);
    if (near.find()) {
      String name = near.group(1) == null ? near.group(2) : near.group(1);
      throw new BadInputException(
          "%s: found %s, expected <|%s|>: the model would read it letter by letter; write it so, or leave it out"
              .formatted(what, near.group().strip(), known(name)));
    }
  }

  private String known(String name) {
    return known.stream()
        .map(token -> token.substring(2, token.length() - 2))
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow();
  }
}
