package parity.harness.report.html;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import parity.harness.report.Words;
import parity.harness.result.Exhibit;
import parity.harness.result.Grid;
import parity.harness.result.Samples;

/** Makes exhibits visible and audible. */
final class Views {
  /** How much quieter than the loudest is still told apart. */
  private static final double RANGE_DB = 90;

  /** How loud the loudest of a difference is made. */
  private static final double RAISED_TO = 0.5;

  /** The least of a heat map's scale, in units. */
  private static final double LEAST = 0.1;

  private Views() {}

  /**
   * An exhibit, ready for the page.
   *
   * @param side who was compared with Python, as pictures are labelled
   */
  static View of(Exhibit exhibit, String side) {
    return switch (exhibit) {
      case Exhibit.Mel mel -> mel(mel, side);
      case Exhibit.Sound sound -> sound(sound, side);
      case Exhibit.HeatMap map -> heat(map);
    };
  }

  private static View mel(Exhibit.Mel mel, String side) {
    double low = mel.expected().smallest();
    double high = mel.expected().largest();
    DoubleUnaryOperator share = between(low, high);
    boolean comparable =
        mel.expected().rows() == mel.actual().rows()
            && mel.expected().columns() == mel.actual().columns();
    List<Figure> pair =
        List.of(
            new Figure("Python", "", picture(mel.expected(), share)),
            new Figure(side, "", picture(mel.actual(), share)));
    String shown =
        mel.frames() > mel.expected().columns()
            ? "the first %s of %s"
                .formatted(
                    Words.number(mel.expected().columns()), Words.count(mel.frames(), "frame"))
            : Words.count(mel.frames(), "frame");
    return new View.Pictures(
        mel.name(),
        "%s from the lowest up, %s."
            .formatted(Words.count(mel.expected().rows(), "channel"), shown),
        new Axes(
            new Axes.Axis("channel", "" + (mel.expected().rows() - 1), "0"),
            new Axes.Axis("frame", "0", "" + (mel.expected().columns() - 1))),
        comparable
            ? List.of(pair.get(0), pair.get(1), difference(mel.expected(), mel.actual(), side))
            : pair,
        Scale.plain(Palette.SEQUENTIAL, Words.figure(low), Words.figure(high)));
  }

  private static String picture(Grid grid, DoubleUnaryOperator share) {
    return Picture.of(grid, Palette.SEQUENTIAL, share, true);
  }

  private static Figure difference(Grid expected, Grid actual, String side) {
    Grid difference = actual.minus(expected);
    double most = Math.max(difference.largest(), -difference.smallest());
    return new Figure(
        side + " less Python",
        most == 0 ? "nothing differs" : "blue −%1$s to orange +%1$s".formatted(Words.figure(most)),
        Picture.of(difference, Palette.DIVERGING, between(-most, most), true));
  }

  private static DoubleUnaryOperator between(double low, double high) {
    return value -> high > low ? (value - low) / (high - low) : 0.5;
  }

  private static View sound(Exhibit.Sound sound, String side) {
    Samples difference = sound.actual().minus(sound.expected());
    double gain = difference.peak() == 0 ? 1 : RAISED_TO / difference.peak();
    Samples raised = difference.times(gain);
    double loudest = Spectrogram.of(sound.expected()).largest();
    double seconds = (double) sound.expected().length() / sound.sampleRate();
    String cut =
        sound.length() > sound.expected().length()
            ? ", the first of %s s"
                .formatted(Words.figure((double) sound.length() / sound.sampleRate()))
            : "";
    String note =
        difference.peak() == 0
            ? "nothing differs"
            : String.format(
                Locale.ROOT,
                "raised by %.0f dB; its loudest is %s",
                20 * Math.log10(gain),
                Words.figure(difference.peak()));
    Axes.Axis time = new Axes.Axis("seconds", "0", String.format(Locale.ROOT, "%.2f", seconds));
    return new View.Sounds(
        sound.name(),
        String.format(
            Locale.ROOT,
            "%.2f s at %d Hz%s; spectrograms from 0 to %d Hz.",
            seconds,
            sound.sampleRate(),
            cut,
            sound.sampleRate() / 2),
        new Axes(new Axes.Axis("level", "1", "−1"), time),
        new Axes(new Axes.Axis("kHz", Words.figure(sound.sampleRate() / 2000.0), "0"), time),
        List.of(
            track("Python", "", sound.expected(), sound.sampleRate(), loudest),
            track(side, "", sound.actual(), sound.sampleRate(), loudest),
            track(side + " less Python", note, raised, sound.sampleRate(), loudest)),
        Scale.plain(Palette.SEQUENTIAL, "−90 dB", "Python's loudest"));
  }

  private static View.Track track(
      String caption, String note, Samples samples, int sampleRate, double loudest) {
    Grid levels = Spectrogram.of(samples);
    return new View.Track(
        caption,
        note,
        Sound.outline(samples),
        picture(levels, between(loudest - RANGE_DB, loudest)),
        samples.peak() == 0 ? Optional.empty() : Optional.of(Sound.wav(samples, sampleRate)));
  }

  private static View heat(Exhibit.HeatMap map) {
    boolean byFloor = map.lawful().isPresent();
    double most = map.cells().largest();
    double high = byFloor ? Math.max(most, 2 * map.lawful().getAsDouble()) : most;
    double low = byFloor ? LEAST : high * 1e-4;
    DoubleUnaryOperator share = logarithmic(low, high);
    return new View.Heat(
        map.name(),
        "%s: %s".formatted(map.why(), map.slice()),
        new Axes(
            new Axes.Axis(axis(map.slice(), "down"), "0", "" + (map.down() - 1)),
            new Axes.Axis(axis(map.slice(), "right"), "0", "" + (map.right() - 1))),
        Picture.of(map.cells(), Palette.SEQUENTIAL, share, false),
        map.down(),
        map.right(),
        new Scale(
            Palette.SEQUENTIAL.gradient(),
            Words.figure(low),
            Words.figure(high) + " " + map.unit(),
            map.lawful().isPresent()
                ? OptionalDouble.of(100 * share.applyAsDouble(map.lawful().getAsDouble()))
                : OptionalDouble.empty(),
            map.lawful().isPresent()
                ? Optional.of("limit " + Words.figure(map.lawful().getAsDouble()))
                : Optional.empty()));
  }

  /**
   * {@code axis 1}: which one a slice, {@code [0, down, right] of [1, 94, 32]}, says goes there.
   */
  private static String axis(String slice, String way) {
    List<String> axes = List.of(slice.replaceFirst("[]].*", "").substring(1).split(", "));
    return axes.contains(way) ? "axis " + axes.indexOf(way) : way;
  }

  private static DoubleUnaryOperator logarithmic(double low, double high) {
    return value ->
        value <= low || !(high > low) ? 0 : Math.log(value / low) / Math.log(high / low);
  }
}
