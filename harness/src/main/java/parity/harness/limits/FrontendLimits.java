package parity.harness.limits;

import java.lang.foreign.Arena;
import parity.compare.limits.Basis;
import parity.harness.capture.TensorNames;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the frontend's outputs are judged by; its reference is float32 without a float64 twin.
 *
 * <p>A float32 Fourier transform errs by about one rounding of the frame's loudest band, in every
 * band. So the logarithm of a band that is q times quieter may lawfully be q times as far off, and
 * each element gets a limit of its own: a multiple of {@code u (|log| + q)}. Upstream's own
 * distance from float64 was at most 6.0 of that for fbank (86 for a lone click), 0.9 for the
 * Whisper mel and 2.1 for speech_feat, over four recordings and ten synthetic sounds.
 */
public final class FrontendLimits {
  /** Of a tensor that is of another form than the reference, and so wrong already. */
  public static final Basis NONE = new Basis.Fixed(0, 0, "of another form");

  private static final double U = 0x1p-24;
  private static final double FBANK = 128;
  private static final double WHISPER = 4;
  private static final double SPEECH_FEAT = 8;

  private FrontendLimits() {}

  /**
   * The basis for a tensor of that name.
   *
   * @param arena owns limits of single elements
   */
  public static Basis of(String name, Tensor reference, Arena arena) {
    return switch (name) {
      case TensorNames.SPEECH_16K,
          TensorNames.SPEECH_24K,
          TensorNames.SOURCE_ + TensorNames.SPEECH_16K ->
          new Basis.Fixed(1e-6, 1e-6, "one rounding of full scale");
      case TensorNames.FBANK -> spectrum(reference, new Spectrum(1, 0.5, FBANK), arena);
      case TensorNames.SPEECH_FEAT -> spectrum(reference, new Spectrum(1, 1, SPEECH_FEAT), arena);
      // (log10(power) + 4) / 4, frames on the last axis
      case TensorNames.WHISPER_MEL, TensorNames.SOURCE_ + TensorNames.WHISPER_MEL ->
          spectrum(reference, new Spectrum(4 * Math.log(10), 0.5, WHISPER), arena);
      case TensorNames.SPEAKER_EMBEDDING ->
          new Basis.Fixed(5e-5, Double.POSITIVE_INFINITY, "twice the worst of 141 sounds");
      default -> new Basis.Fixed(0, 0, "equal");
    };
  }

  /**
   * How a logarithmic spectrum was made.
   *
   * @param toNatural what turns its values into natural logarithms
   * @param toAmplitude what turns those into logarithms of amplitude
   * @param roundings how many roundings of the loudest band are lawful
   */
  private record Spectrum(double toNatural, double toAmplitude, double roundings) {}

  private static Basis spectrum(Tensor reference, Spectrum spectrum, Arena arena) {
    boolean framesLast = spectrum.toNatural != 1;
    int rank = reference.shape().rank();
    long frames = reference.shape().dim(framesLast ? rank - 1 : rank - 2);
    long bands = reference.shape().dim(framesLast ? rank - 2 : rank - 1);
    Tensor limits = Tensor.allocate(DType.F64, reference.shape(), arena);
    for (long frame = 0; frame < frames; frame++) {
      double loudest = Double.NEGATIVE_INFINITY;
      for (long band = 0; band < bands; band++) {
        loudest = Math.max(loudest, reference.getFloat(at(frame, band, frames, bands, framesLast)));
      }
      for (long band = 0; band < bands; band++) {
        long at = at(frame, band, frames, bands, framesLast);
        double value = reference.getFloat(at);
        double quieter = Math.exp((loudest - value) * spectrum.toNatural * spectrum.toAmplitude);
        double size = Math.max(1, Math.abs(value));
        limits.setDouble(at, spectrum.roundings * U * (size + quieter));
      }
    }
    return new Basis.PerElement(limits, "no float64 truth; rounding of the frame's loudest band");
  }

  private static long at(long frame, long band, long frames, long bands, boolean framesLast) {
    return framesLast ? band * frames + frame : frame * bands + band;
  }
}
