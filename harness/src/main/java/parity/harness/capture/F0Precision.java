package parity.harness.capture;

/** In which precision the reference predicted F0. */
public enum F0Precision {
  FLOAT64,
  FLOAT32
}
