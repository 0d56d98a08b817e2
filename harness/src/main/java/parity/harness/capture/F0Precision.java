package parity.harness.capture;

import java.util.Locale;

/** In which precision the reference predicted F0. */
public enum F0Precision {
  FLOAT64,
  FLOAT32;

  /** As metadata and options spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
