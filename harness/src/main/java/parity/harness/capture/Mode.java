package parity.harness.capture;

import java.util.Locale;

/** Which of upstream's {@code inference_*} was run (cli/cosyvoice.py). */
public enum Mode {
  ZERO_SHOT,
  CROSS_LINGUAL,
  INSTRUCT2,
  VC;

  /** Whether a language model makes the tokens; voice conversion takes those of a recording. */
  public boolean speaksText() {
    return this != VC;
  }

  /** As metadata spell it: {@code cross-lingual}. */
  static Mode of(String text) {
    for (Mode mode : values()) {
      if (mode.toString().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(text);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
