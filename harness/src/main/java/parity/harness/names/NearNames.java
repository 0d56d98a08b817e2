package parity.harness.names;

import java.util.Collection;
import java.util.Optional;
import parity.tensors.Text;

/** Which of some names looks most like another: for messages, never for matching. */
public final class NearNames {
  /** More are not looked through, as a message is not worth it. */
  private static final int MOST = 20_000;

  private NearNames() {}

  /** What is longer is no name that a person wrote, and takes long to compare. */
  private static final int LONGEST = 300;

  /** The nearest name, if less than half of it would have to be changed. */
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
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /** For messages: {@code ; did you mean 'x'?}, or nothing. */
  static String hint(String name, Collection<String> others) {
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
