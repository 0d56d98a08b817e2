package parity.harness.plan;

import java.util.List;
import java.util.Optional;
import parity.harness.capture.Part;
import parity.harness.capture.TapName;
import parity.harness.capture.TensorNames;

/**
 * Names of what the vocoder's decoder makes of Python's own source, beside what it makes of the
 * source that the native side computed.
 */
public final class FromSource {
  private static final String SUFFIX = ".from_source";

  private static final List<String> BEFORE_THE_DECODER =
      List.of("hift.f0_predictor", "hift.f0_upsamp", "hift.m_source");

  private FromSource() {}

  /** The call's number stays at the end: {@code hift.ups.0.from_source#1}. */
  public static String name(String name) {
    TapName parts = TapName.of(name);
    return parts.path() + SUFFIX + parts.call();
  }

  /** What is called so without a source of Python's; empty for a name that is no such. */
  public static Optional<String> original(String name) {
    TapName parts = TapName.of(name);
    if (!parts.path().endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String path = parts.path().substring(0, parts.path().length() - SUFFIX.length());
    boolean ofTheVocoder = path.startsWith(Part.HIFT.label() + ".");
    boolean decoded =
        path.equals(TensorNames.AUDIO_OUTPUT) || (ofTheVocoder && isOfTheDecoder(path));
    return decoded ? Optional.of(path + parts.call()) : Optional.empty();
  }

  /** Whether a module of the vocoder comes behind its source. */
  static boolean isOfTheDecoder(String name) {
    return BEFORE_THE_DECODER.stream().noneMatch(name::startsWith);
  }
}
