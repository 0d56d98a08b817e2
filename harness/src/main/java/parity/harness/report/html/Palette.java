package parity.harness.report.html;

import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Colours for a quantity, told apart by all kinds of eyes and on grey paper. */
final class Palette {
  /** From little to much: viridis of matplotlib, whose lightness grows evenly. */
  static final Palette SEQUENTIAL =
      new Palette(
          0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
          0xfde725);

  /** Around nothing: blue below, orange above. */
  static final Palette DIVERGING =
      new Palette(0x0b4a8f, 0x3f83c5, 0x9fc4e6, 0xf4f4f2, 0xf0bf8a, 0xd67a1f, 0x8f4300);

  /** Steps of a picture; one more colour is for what is no number. */
  static final int STEPS = 255;

  /** What is no number: magenta, which no palette has. */
  private static final int NOT_FINITE = 0xff00c8;

  private final int[] anchors;

  private Palette(int... anchors) {
    this.anchors = anchors;
  }

  /** The colours of a picture. */
  IndexColorModel model() {
    byte[][] channels = new byte[3][STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      int colour = step == STEPS ? NOT_FINITE : colour(step / (STEPS - 1.0));
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][step] = (byte) (colour >> (16 - 8 * channel));
      }
    }
    return new IndexColorModel(8, STEPS + 1, channels[0], channels[1], channels[2]);
  }

  private int colour(double share) {
    double at = share * (anchors.length - 1);
    int from = Math.min((int) at, anchors.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int low = anchors[from] >> shift & 0xff;
      int high = anchors[from + 1] >> shift & 0xff;
      colour |= (int) Math.round(low + (high - low) * (at - from)) << shift;
    }
    return colour;
  }

  /** The scale beside a picture, as a background of CSS. */
  String gradient() {
    return Arrays.stream(anchors)
        .mapToObj("#%06x"::formatted)
        .collect(Collectors.joining(", ", "linear-gradient(to right, ", ")"));
  }
}
