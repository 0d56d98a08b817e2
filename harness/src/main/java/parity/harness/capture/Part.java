package parity.harness.capture;

import java.util.Locale;

/** A part of the model with taps of its own. */
public enum Part {
  LLM,
  FLOW,
  HIFT;

  /** As file and tensor names spell it: {@code flow}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
