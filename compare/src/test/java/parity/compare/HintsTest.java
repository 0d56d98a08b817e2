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
  void find_storedIn16Bits_saysSo() {
    Random random = new Random(4);
    float[] values = new float[200];
    float[] half = new float[200];
    float[] brain = new float[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      half[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
      int bits = Float.floatToRawIntBits(values[i]);
      brain[i] = Float.intBitsToFloat((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
    }
    Tensor expected = Tensor.ofFloats(Shape.of(200), values);
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(200), half)))
        .contains("stored in F16: the rounding to that type explains all of the difference");
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(200), brain)))
        .contains("stored in BF16: the rounding to that type explains all of the difference");
    half[17] = 1.5f;
    assertThat(Hints.find(expected, Tensor.ofFloats(Shape.of(200), half))).isEmpty();
  }

  @Test
  void find_otherSign_saysSo() {
    assertThat(hints((t, c) -> -value(t, c))).containsExactly("of the other sign");
  }

  @Test
  void find_otherScale_saysHowMuch() {
    assertThat(hints((t, c) -> 0.5f * value(t, c)))
        .containsExactly(
            "0.500000 times as large as it should be (about 50 % too small): another scale");
    assertThat(hints((t, c) -> 1.0001f * value(t, c)).getFirst())
        .startsWith(
            "1.00010 times as large as it should be (about 0.010 % too large): another epsilon");
  }

  @Test
  void of_oneChannelScaled_namesItAndByHowMuch() {
    assertThat(hints((t, c) -> c == 3 ? 1.01f * value(t, c) : value(t, c)))
        .containsExactly(
            "wrong at index 3 of 7 along axis 2 alone, where it is 1.01000 times as large as it"
                + " should be (about 1.0 % too large)");
    assertThat(hints((t, c) -> t == 11 ? value(t, c) + 0.5f : value(t, c)))
        .containsExactly("wrong at index 11 of 20 along axis 1 alone, where it is 0.500 too large");
  }

  /** As a row of a weight before a bias does it. */
  @Test
  void of_oneChannelScaledBeforeABias_saysByHowMuch() {
    assertThat(hints((t, c) -> c == 3 ? 1.01f * (value(t, c) - 2) + 2 : value(t, c)).getFirst())
        .endsWith("where it is 1.01000 times as large as it should be (about 1.0 % too large)");
  }

  @Test
  void of_twoChannelsNoise_namesBothAndNoFactor() {
    assertThat(hints((t, c) -> c == 3 || c == 5 ? value(t + c, c + 1) : value(t, c)))
        .containsExactly("wrong at the indices [3, 5] of 7 along axis 2 alone");
  }

  @Test
  void of_constantEverywhereOrByChannel_saysSo() {
    assertThat(hints((t, c) -> value(t, c) - 0.25f))
        .containsExactly("0.250 too small everywhere: another constant is added");
    assertThat(hints((t, c) -> value(t, c) + 0.1f * (c - 3.5f)))
        .containsExactly("shifted by a constant for each index along axis 2: another bias");
    assertThat(hints((t, c) -> value(t, c) * (1 + 0.1f * (c - 3.5f))))
        .containsExactly(
            "scaled by a factor for each index along axis 2: another weight of a norm, or scale");
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
