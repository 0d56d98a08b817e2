package parity.harness.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import parity.tensors.Text;

/** Which of some names looks most like another: for messages, never for matching. */
public final class NearNames {
  /** More are not looked through, as a message is not worth it. */
  private static final int MOST = 20_000;

  private NearNames() {}

  /** What is longer is no name that a person wrote, and takes long to compare. */
  private static final int LONGEST = 300;

  /** What is shorter begins too many names. */
  private static final int SHORTEST_START = 3;

  /** What a captured tensor is called behind its module: an input, and the number of a call. */
  private static final Pattern BEHIND_MODULE = Pattern.compile("(:\\w+)?(#\\d+)?$");

  /**
   * The nearest name, if less than half of it would have to be changed; or the shortest that begins
   * so.
   */
  public static Optional<String> nearest(String name, Collection<String> others) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String nearest = "";
    int least = (name.length() + 1) / 2;
    for (String other : others.stream().sorted().limit(MOST).toList()) {
      if (Math.abs(other.length() - name.length()) < least) {
        int changes = changes(name, other);
        if (changes < least) {
          least = changes;
          nearest = other;
        }
      }
    }
    return nearest.isEmpty() ? beginning(name, others) : Optional.of(nearest);
  }

  private static Optional<String> beginning(String name, Collection<String> others) {
    return name.length() < SHORTEST_START
        ? Optional.empty()
        : others.stream()
            .filter(other -> other.startsWith(name))
            .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
  }

  /**
   * For messages about a module, as {@link #hint}: a module may be named by its end alone, and in
   * other letters.
   *
   * @param captured names of tensors
   */
  public static String moduleHint(String module, Collection<String> captured) {
    String call = module.contains("#") ? module.substring(module.indexOf('#')) : "";
    String path = module.substring(0, module.length() - call.length());
    SequencedSet<String> modules = new LinkedHashSet<>();
    captured.forEach(name -> modules.add(BEHIND_MODULE.matcher(name).replaceFirst("")));
    String end = "." + path.toLowerCase(Locale.ROOT);
    return modules.stream()
        .filter(known -> ("." + known.toLowerCase(Locale.ROOT)).endsWith(end))
        .findFirst()
        .or(() -> nearest(path, modules))
        .map(near -> "; did you mean " + Text.quote(near + call) + "?")
        .orElse("");
  }

  /** For messages: {@code ; did you mean 'x'?}, or nothing. */
  public static String hint(String name, Collection<String> others) {
    return nearest(name, others).map(near -> "; did you mean " + Text.quote(near) + "?").orElse("");
  }

  /** Characters to insert, remove or exchange (Levenshtein). */
  private static int changes(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
