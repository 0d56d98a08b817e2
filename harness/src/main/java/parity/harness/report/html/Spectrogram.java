package parity.harness.report.html;

import org.jtransforms.fft.DoubleFFT_1D;
import parity.harness.result.Grid;
import parity.harness.result.Samples;

/** How loud each frequency is over time, in decibels of full scale, as a picture needs it. */
final class Spectrogram {
  /** What silence is shown as. */
  static final double SILENCE_DB = -200;

  private static final int WINDOW = 1024;
  private static final int ROWS = 128;
  private static final int COLUMNS = 512;
  private static final int SHORTEST_HOP = 64;

  private Spectrogram() {}

  /** Rows are bands of equal width from 0 Hz to half the sample rate, columns moments. */
  static Grid of(Samples samples) {
    int hop = Math.max(SHORTEST_HOP, Math.ceilDiv(Math.max(samples.length(), 1), COLUMNS));
    int columns = Math.max(1, Math.ceilDiv(samples.length(), hop));
    DoubleFFT_1D fft = new DoubleFFT_1D(WINDOW);
    double[] frame = new double[WINDOW];
    double[][] levels = new double[columns][];
    for (int column = 0; column < columns; column++) {
      int first = column * hop + hop / 2 - WINDOW / 2;
      for (int i = 0; i < WINDOW; i++) {
        int at = first + i;
        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
        frame[i] = at < 0 || at >= samples.length() ? 0 : hann * samples.at(at);
      }
      fft.realForward(frame);
      levels[column] = levels(frame);
    }
    return Grid.of(ROWS, columns, (row, column) -> levels[column][row]);
  }

  /** The loudest of the frequencies of each row. */
  private static double[] levels(double[] spectrum) {
    double[] levels = new double[ROWS];
    int each = WINDOW / 2 / ROWS;
    for (int row = 0; row < ROWS; row++) {
      double loudest = 0;
      for (int k = row * each; k < (row + 1) * each; k++) {
        // The first two numbers are the mean and the highest frequency.
        double magnitude =
            k == 0 ? Math.abs(spectrum[0]) : Math.hypot(spectrum[2 * k], spectrum[2 * k + 1]);
        loudest = Math.max(loudest, magnitude);
      }
      // A sine of full scale has a quarter of the window's length.
      levels[row] = Math.max(20 * Math.log10(loudest * 4 / WINDOW), SILENCE_DB);
    }
    return levels;
  }
}
