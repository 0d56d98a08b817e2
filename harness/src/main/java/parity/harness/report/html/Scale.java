package parity.harness.report.html;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the colours of a picture mean.
 *
 * @param gradient the colours, as a background of CSS
 * @param low what the first colour stands for
 * @param high what the last one stands for
 * @param mark where in between the limit is, in hundredths; empty if there is none
 * @param markLabel what to say of the mark
 */
public record Scale(
    String gradient, String low, String high, OptionalDouble mark, Optional<String> markLabel) {
  static Scale plain(Palette palette, String low, String high) {
    return new Scale(palette.gradient(), low, high, OptionalDouble.empty(), Optional.empty());
  }
}
