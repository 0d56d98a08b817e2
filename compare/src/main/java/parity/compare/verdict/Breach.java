package parity.compare.verdict;

import parity.compare.scan.Numbers;

/**
 * One limit that was not kept.
 *
 * @param found NaN where nothing could be computed, which passes nowhere
 * @param where the place or group, for the message
 */
public record Breach(Rule rule, double found, double limit, String where) {
  /** What was broken. */
  public enum Rule {
    SIGMA("sigma"),
    WORST_GROUP("worst frame or channel"),
    WORST_ELEMENT("worst element"),
    GAIN("gain"),
    RELATIVE_L2("relative L2"),
    MAX_ABS("largest absolute difference"),
    OWN_LIMIT("largest difference in limits of its element");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** For messages: {@code sigma 12.3 > 4}, and where. */
  @Override
  public String toString() {
    String what = rule + " " + show(found) + " > " + show(limit);
    return where.isEmpty() ? what : what + " (" + where + ")";
  }

  private static String show(double value) {
    return Numbers.show(value);
  }
}
