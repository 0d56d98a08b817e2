package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class HintsTest {
  private static final int FRAMES = 20;
  private static final int CHANNELS = 7;
  private static final Shape SHAPE = Shape.of(1, FRAMES, CHANNELS);

  private final float[] values = random();

  private static float[] random() {
    Random random = new Random(11);
    float[] values = new float[FRAMES * CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Where a number of the candidate comes from. */
  private interface Source {
    float at(int frame, int channel);
  }

  private List<String> hints(Source source) {
    float[] actual = new float[values.length];
    for (int t = 0; t < FRAMES; t++) {
      for (int c = 0; c < CHANNELS; c++) {
        actual[t * CHANNELS + c] = source.at(t, c);
      }
    }
    return Hints.find(Tensor.ofFloats(SHAPE, values), Tensor.ofFloats(SHAPE, actual));
  }

  private float value(int frame, int channel) {
    return values[Math.floorMod(frame, FRAMES) * CHANNELS + Math.floorMod(channel, CHANNELS)];
  }

  @Test
  void find_otherSign_saysSo() {
    assertThat(hints((t, c) -> -value(t, c))).containsExactly("of the other sign");
  }

  @Test
  void find_otherScale_saysHowMuch() {
    assertThat(hints((t, c) -> 0.5f * value(t, c)))
        .containsExactly("0.500000 times as large as it should be: another scale");
    assertThat(hints((t, c) -> 1.0001f * value(t, c)).getFirst())
        .startsWith("1.00010 times as large as it should be: another epsilon");
  }

  @Test
  void find_shiftedFrames_saysByHowMany() {
    assertThat(hints((t, c) -> value(t - 1, c))).contains("1 place(s) too late along axis 1");
    assertThat(hints((t, c) -> value(t + 2, c))).contains("2 place(s) too early along axis 1");
  }

  @Test
  void find_permutedChannels_saysWhere() {
    assertThat(hints((t, c) -> value(t, c == 1 ? 4 : c == 4 ? 1 : c)))
        .containsExactly("permuted along axis 2: places 0 to 6 are found at [0, 4, 2, 3, 1, 5, 6]");
  }

  @Test
  void find_reversed_saysSo() {
    assertThat(hints((t, c) -> value(FRAMES - 1 - t, c))).contains("reversed along axis 1");
  }

  @Test
  void find_transposed_saysSo() {
    float[] actual = new float[values.length];
    for (int t = 0; t < FRAMES; t++) {
      for (int c = 0; c < CHANNELS; c++) {
        actual[c * FRAMES + t] = value(t, c);
      }
    }
    Tensor expected = Tensor.ofFloats(SHAPE, values);
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(1, CHANNELS, FRAMES), actual)))
        .containsExactly("transposed: the last two axes are exchanged");
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(1, CHANNELS, FRAMES), values)))
        .containsExactly("of the same numbers in the same order, under other axes");
  }

  @Test
  void find_squareTransposed_saysSo() {
    Tensor expected = Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4);
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(2, 2), 1, 3, 2, 4)))
        .contains("transposed: the last two axes are exchanged");
  }

  @Test
  void find_noise_guessesNothing() {
    Random random = new Random(12);
    assertThat(hints((t, c) -> value(t, c) + (float) random.nextGaussian())).isEmpty();
  }

  @Test
  void find_equalOrNotFiniteOrTooFew_guessesNothing() {
    assertThat(hints(this::value)).isEmpty();
    assertThat(hints((t, c) -> t == 3 ? Float.NaN : value(t, c))).isEmpty();
    assertThat(Hints.find(Tensor.ofFloats(Shape.of(), 1), Tensor.ofFloats(Shape.of(), 2)))
        .isEmpty();
    assertThat(
            Hints.find(Tensor.ofFloats(Shape.of(3), 1, 2, 3), Tensor.ofFloats(Shape.of(2), 1, 2)))
        .isEmpty();
  }
}
