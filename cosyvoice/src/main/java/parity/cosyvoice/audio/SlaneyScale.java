package parity.cosyvoice.audio;

/** {@code librosa.hz_to_mel} and {@code mel_to_hz}: linear up to 1 kHz, logarithmic above. */
final class SlaneyScale {
  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double MIN_LOG_HZ = 1000;
  private static final double MIN_LOG_MEL = MIN_LOG_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private SlaneyScale() {}

  static double hzToMel(double hz) {
    return hz >= MIN_LOG_HZ ? MIN_LOG_MEL + Math.log(hz / MIN_LOG_HZ) / LOG_STEP : hz / HZ_PER_MEL;
  }

  static double melToHz(double mel) {
    return mel >= MIN_LOG_MEL
        ? MIN_LOG_HZ * Math.exp(LOG_STEP * (mel - MIN_LOG_MEL))
        : HZ_PER_MEL * mel;
  }
}
