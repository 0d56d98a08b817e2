package parity.harness.result;

import java.util.OptionalDouble;

/**
 * Something of a stage that a person looks at or listens to. It holds a bounded copy, because the
 * tensor itself is gone when the stage is done.
 */
public sealed interface Exhibit {
  /** Most frames that a mel is shown with; the rest is left out. */
  int MEL_FRAMES = 4096;

  /** Most seconds that a waveform is shown and heard with; the rest is left out. */
  int SECONDS = 40;

  /** Most rows, and most columns, of a heat map; a cell then holds the worst of its elements. */
  int CELLS = 256;

  /** Name of the tensor. */
  String name();

  /**
   * A mel spectrogram, a row a channel from the lowest on, a column a frame.
   *
   * @param frames how many there are in all
   */
  record Mel(String name, Grid expected, Grid actual, long frames) implements Exhibit {}

  /**
   * A waveform.
   *
   * @param sampleRate Hz
   * @param length samples in all
   */
  record Sound(String name, int sampleRate, Samples expected, Samples actual, long length)
      implements Exhibit {}

  /**
   * Where in a tensor the error is.
   *
   * @param why this tensor is shown
   * @param slice which part of it, and which axes go down and to the right: {@code [0, down, right]
   *     of [2, 94, 32]}
   * @param down size of the axis that goes down
   * @param right size of the axis that goes to the right
   * @param cells error in units
   * @param unit what the error is held against
   * @param lawful largest lawful error in units, if there is one
   */
  record HeatMap(
      String name,
      String why,
      String slice,
      long down,
      long right,
      Grid cells,
      String unit,
      OptionalDouble lawful)
      implements Exhibit {}
}
