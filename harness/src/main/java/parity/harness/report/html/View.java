package parity.harness.report.html;

import java.util.List;
import java.util.Optional;

/** Something to look at or listen to, ready for the page. */
public sealed interface View {
  /** Name of the tensor. */
  String name();

  /**
   * Pictures side by side.
   *
   * @param about what is shown, in a sentence
   */
  record Pictures(String name, String about, Axes axes, List<Figure> figures, Scale scale)
      implements View {}

  /**
   * Waveforms.
   *
   * @param about what is shown, in a sentence
   * @param waveform axes of each outline
   * @param spectrogram axes of each spectrogram
   * @param tracks Python's, Java's, the difference
   */
  record Sounds(
      String name, String about, Axes waveform, Axes spectrogram, List<Track> tracks, Scale scale)
      implements View {}

  /**
   * One waveform.
   *
   * @param caption whose it is
   * @param note how it was made audible
   * @param outline path of an SVG from -100 to 100
   * @param spectrogram a picture, as an address that holds it
   * @param wav a recording, as an address that holds it; empty where there is nothing to hear
   */
  record Track(
      String caption, String note, String outline, String spectrogram, Optional<String> wav) {}

  /**
   * Where in a tensor the error is.
   *
   * @param why this tensor is shown
   * @param source the picture, as an address that holds it
   * @param rows elements downwards, for reading off a place
   * @param columns elements to the right
   */
  record Heat(
      String name, String why, Axes axes, String source, long rows, long columns, Scale scale)
      implements View {}
}
