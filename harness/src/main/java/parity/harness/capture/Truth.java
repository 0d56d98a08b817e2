package parity.harness.capture;

import java.util.Locale;

/** Whether a capture says that it holds float64 truths. */
public enum Truth {
  /** Of every tap and output. */
  ALL,
  /** It was made without. */
  NONE,
  /** Older captures do not say. */
  UNSAID;

  /** As metadata spell it. */
  static Truth of(String text) {
    return switch (text) {
      case "all" -> ALL;
      case "none" -> NONE;
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
