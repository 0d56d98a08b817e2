package parity.harness.plan;

/**
 * What a tensor is to a person, which decides how a log tells of it and whether a page shows it.
 */
public enum Kind {
  /** Numbers like others. */
  NUMBERS,

  /** Log-probabilities, float32 [steps, tokens]. */
  LOG_PROBABILITIES,

  /** A mel spectrogram, float32 [1, channels, T]. */
  MEL,

  /** A waveform, float32 [1, S]. */
  SPEECH,

  /** A waveform that the decoder made of the reference's own source, float32 [1, S]. */
  DECODED,

  /** A waveform from text and recording alone, float32 [1, S]. */
  HEARD,

  /** Random numbers, made anew from a seed. */
  RANDOM,

  /** What the frontend makes of a recording. */
  FRONTEND
}
