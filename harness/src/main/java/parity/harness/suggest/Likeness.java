package parity.harness.suggest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which of some names is likest to another. Numbers in names say which block and which call a
 * tensor is of, so they count more than words.
 */
final class Likeness {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z]+");

  private Likeness() {}

  /** The likest; the first of several. */
  static String likest(String name, List<String> others) {
    return others.stream()
        .min(
            Comparator.comparing((String other) -> !other.equals(name))
                .thenComparing(other -> !all(NUMBER, other).equals(all(NUMBER, name)))
                .thenComparingDouble(other -> -shared(name, other)))
        .orElseThrow();
  }

  private static List<String> all(Pattern pattern, String name) {
    return pattern.matcher(name).results().map(MatchResult::group).sorted().toList();
  }

  /** What part of the words of both is in both, each as often as it is there. */
  private static double shared(String name, String other) {
    List<String> ours = all(WORD, name);
    List<String> left = new ArrayList<>(all(WORD, other));
    int all = ours.size() + left.size();
    long both = ours.stream().filter(left::remove).count();
    return all == both ? 0 : (double) both / (all - both);
  }
}
