package parity.cosyvoice.audio;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code whisper.log_mel_spectrogram(audio, n_mels=128)} of openai-whisper 20231117, which the
 * speech tokenizer hears. The recording is not padded to 30 s, and the last frame is dropped.
 */
public final class WhisperMel {
  /** Samples by which a recording is mirrored at either end; it must be longer. */
  public static final int PADDING = 200;

  private static final int SAMPLE_RATE = 16_000;
  private static final int N_FFT = 2 * PADDING;
  private static final int HOP_LENGTH = 160;
  private static final int N_MELS = 128;
  private static final float FLOOR = 1e-10f;

  private final float[] window = Windows.hann(N_FFT);
  private final MelBank filters = MelBank.slaney(SAMPLE_RATE, N_FFT, N_MELS, 0, SAMPLE_RATE / 2.0);

  /**
   * @param speech16k [1, S] float32, S over 200
   * @param arena where the result lives
   * @return [1, 128, S / 160] float32
   */
  public Tensor logMelSpectrogram(Tensor speech16k, Arena arena) {
    if (speech16k.elements() <= PADDING) {
      throw new IllegalArgumentException(
          speech16k + " is too short to be mirrored by " + PADDING + " samples");
    }
    int frames = Math.toIntExact(speech16k.elements() / HOP_LENGTH);
    Tensor mel = Tensor.allocate(DType.F32, Shape.of(1, N_MELS, frames), arena);
    Spectrum spectrum = new Spectrum(N_FFT);
    double[] frame = new double[N_FFT];
    float highest = Float.NEGATIVE_INFINITY;
    for (int t = 0; t < frames; t++) {
      Spectrum.reflected(speech16k, (long) t * HOP_LENGTH - PADDING, window, frame);
      double[] power = spectrum.power(frame);
      for (int band = 0; band < N_MELS; band++) {
        float value = (float) Math.log10(Math.max(filters.apply(band, power), FLOOR));
        highest = Math.max(highest, value);
        mel.setFloat((long) band * frames + t, value);
      }
    }
    for (long i = 0; i < mel.elements(); i++) {
      mel.setFloat(i, (Math.max(mel.getFloat(i), highest - 8) + 4) / 4);
    }
    return mel;
  }
}
