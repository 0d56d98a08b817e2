package parity.compare.limits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parity.tensors.BadInputException;

/**
 * The table of how noisy legal variants of each kind of module were, and which tensor is of which
 * kind. The table lives with the model; this reads it. One fact a line, words parted by blanks:
 *
 * <pre>
 * # what made the table: versions, models, variants
 * kind attention sigma 1.32 group 2.37 element 1.33 gain 2.1e-08 tensors 112
 * name **.attn attention
 * name **.attn.to_* attention
 * </pre>
 *
 * {@code sigma}, {@code group}, {@code element} and {@code gain} are the largest of any legal
 * variant. In a name's pattern {@code *} stands for anything within one part of the path and {@code
 * **} for anything; the call's {@code #k} is left off before. The first pattern that fits decides.
 */
public final class Limits {
  private static final Pattern CALL = Pattern.compile("#\\d+$");
  private static final String KIND_FORM = "kind NAME sigma S group G element E gain B tensors N";
  private static final String NAME_FORM = "name PATTERN KIND";

  private final Map<String, Limit> kinds = new LinkedHashMap<>();
  private final List<Named> names = new ArrayList<>();

  private record Named(Pattern pattern, String kind) {}

  private Limits() {}

  /** A table that knows nothing: every limit is {@link Limit#DEFAULT}. */
  public static Limits none() {
    return new Limits();
  }

  /**
   * Reads a table.
   *
   * @param origin of the lines, for messages
   * @throws BadInputException if a line is of no known form, or names a kind that no earlier line
   *     measures
   */
  public static Limits parse(String origin, List<String> lines) {
    Limits limits = new Limits();
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        limits.read(origin + " line " + (at + 1), line);
      }
    }
    return limits;
  }

  private void read(String where, String line) {
    String[] words = line.split("\\s+", -1);
    switch (words[0]) {
      case "kind" -> readKind(where, line, words);
      case "name" -> readName(where, line, words);
      default -> throw bad(where, line, "\"" + KIND_FORM + "\" or \"" + NAME_FORM + "\"");
    }
  }

  private void readKind(String where, String line, String[] words) {
    boolean form =
        words.length == 12
            && words[2].equals("sigma")
            && words[4].equals("group")
            && words[6].equals("element")
            && words[8].equals("gain")
            && words[10].equals("tensors");
    if (!form || kinds.containsKey(words[1])) {
      throw bad(where, line, "\"" + KIND_FORM + "\", each kind once");
    }
    double sigma = measured(where, line, words[3]);
    double group = measured(where, line, words[5]);
    double element = measured(where, line, words[7]);
    double gain = measured(where, line, words[9]);
    measured(where, line, words[11]);
    String source =
        "kind " + words[1] + ", legal variants: sigma " + words[3] + ", group " + words[5];
    kinds.put(words[1], Limit.calibrated(sigma, group, element, gain, source));
  }

  private void readName(String where, String line, String[] words) {
    if (words.length != 3 || !kinds.containsKey(words[2])) {
      throw bad(where, line, "\"" + NAME_FORM + "\", of a kind in a line above");
    }
    names.add(new Named(pattern(words[1]), words[2]));
  }

  private static double measured(String where, String line, String word) {
    try {
      double value = Double.parseDouble(word);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new BadInputException(message(where, line, "a number instead of " + word), e);
    }
    throw bad(where, line, "a finite number of 0 or more instead of " + word);
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)", -1)) {
      regex.append(
          switch (part) {
            case "*" -> "[^.]*";
            case "**" -> ".*";
            default -> Pattern.quote(part);
          });
    }
    return Pattern.compile(regex.toString());
  }

  private static BadInputException bad(String where, String line, String expected) {
    return new BadInputException(message(where, line, expected));
  }

  private static String message(String where, String line, String expected) {
    return where + ": found \"" + line + "\", expected " + expected;
  }

  /** The limit for a tensor of that name. */
  public Limit of(String name) {
    return kindOf(name).map(kind -> kinds.getOrDefault(kind, Limit.DEFAULT)).orElse(Limit.DEFAULT);
  }

  /** The kind of module that a tensor of that name comes from; empty if no pattern fits. */
  public Optional<String> kindOf(String name) {
    String path = CALL.matcher(name).replaceFirst("");
    return names.stream()
        .filter(named -> named.pattern().matcher(path).matches())
        .findFirst()
        .map(Named::kind);
  }

  /** All kinds of the table, in its order. */
  public Set<String> kinds() {
    return Collections.unmodifiableSet(kinds.keySet());
  }
}
