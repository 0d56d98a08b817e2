package parity.compare.noise;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.compare.Sample;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class NoiseTest {
  private static final Shape SHAPE = Shape.of(2, 60, 32);

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 1, 1000})
  void compare_ownRoundingAtAnyScale_matches(double scale) {
    assertThat(Sample.noisy(1, SHAPE, scale).verdict(2)).isInstanceOf(Verdict.Match.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 1, 1000})
  void compare_fiveTimesTheNoiseAtAnyScale_differs(double scale) {
    assertThat(Sample.noisy(1, SHAPE, scale, 5).verdict(4)).isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_candidateEqualToTheReference_hasSigmaOne() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    Sample same = new Sample(sample.reference(), sample.residual(), sample.reference());
    assertThat(Sample.noise(same.verdict()).sigma()).isWithin(1e-12).of(1);
  }

  @Test
  void compare_oneFrameRepeated_namesIt() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    float[] actual = sample.actual().toFloats();
    System.arraycopy(actual, 9 * 32, actual, 10 * 32, 32);
    Sample repeated =
        new Sample(sample.reference(), sample.residual(), Tensor.ofFloats(SHAPE, actual));
    WorstGroup worst = Sample.noise(repeated.verdict()).worstGroup().orElseThrow();
    assertThat(worst.group()).isEqualTo(new Group(SHAPE, 1, 10, 10));
    assertThat(repeated.verdict().line()).contains("axis 1 of [2, 60, 32] at 10");
  }

  @Test
  void compare_exactReference_allowsTheLastBit() {
    float[] values = new float[64 * 64];
    float[] next = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i;
      next[i] = values[i];
    }
    next[4095] = Math.nextUp(next[4095]);
    next[0] = Math.nextDown(next[0]);
    assertThat(exact(values, next)).isInstanceOf(Verdict.Match.class);
  }

  @Test
  void compare_exactReference_doesNotAllowAThousandthOfIt() {
    float[] values = new float[64 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i;
    }
    float[] other = values.clone();
    other[5] *= 1.001f;
    assertThat(exact(values, other)).isInstanceOf(Verdict.Mismatch.class);
  }

  private static Verdict exact(float[] reference, float[] actual) {
    Shape shape = Shape.of(64, 64);
    return new Sample(
            Tensor.ofFloats(shape, reference),
            Tensor.ofFloats(shape, new float[reference.length]),
            Tensor.ofFloats(shape, actual))
        .verdict();
  }

  @Test
  void compare_oneElement_allowsRoundingButNotMore() {
    assertThat(single(1 + 2 * Math.ulp(1f))).isInstanceOf(Verdict.Match.class);
    assertThat(single(1.00001f)).isInstanceOf(Verdict.Mismatch.class);
  }

  private static Verdict single(float actual) {
    Shape one = Shape.of(1, 1);
    return new Sample(
            Tensor.ofFloats(one, 1f), Tensor.ofFloats(one, 0f), Tensor.ofFloats(one, actual))
        .verdict();
  }

  @Test
  void compare_infinityInTheSamePlace_isLeftOut() {
    Sample sample = Sample.noisy(4, SHAPE, 1);
    sample.reference().setFloat(3, Float.NEGATIVE_INFINITY);
    sample.actual().setFloat(3, Float.NEGATIVE_INFINITY);
    sample.residual().setFloat(3, Float.NaN);
    assertThat(sample.verdict()).isInstanceOf(Verdict.Match.class);
  }

  @Test
  void worstGroup_oneLongAxis_joinsNeighbours() {
    Shape wave = Shape.of(1, 1, 100);
    Sample sample = Sample.noisy(5, wave, 1);
    sample.actual().setFloat(99, sample.actual().getFloat(99) + 0.1f);
    WorstGroup worst = Sample.noise(sample.verdict()).worstGroup().orElseThrow();
    // 32 to a group, and the 4 that are left over join the last.
    assertThat(worst.group()).isEqualTo(new Group(wave, 2, 64, 99));
  }

  @Test
  void worstGroup_tooFewElements_isAbsent() {
    assertThat(Sample.noise(Sample.noisy(6, Shape.of(1, 40), 1).verdict()).worstGroup()).isEmpty();
  }

  @Test
  void worstGroup_everyAxis_isTheSameAsSummedOneByOne() {
    Shape shape = Shape.of(3, 50, 37);
    Sample sample = Sample.noisy(7, shape, 1);
    for (int axis = 0; axis < 3; axis++) {
      Floor floor = Sample.noise(sample.verdict()).floor();
      AxisSums whole = new AxisSums(shape, axis);
      AxisSums single = new AxisSums(shape, axis);
      double[] values = new double[(int) shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i % 101 + 1e-3 * i;
        double[] one = {values[i]};
        single.add(i, one, new double[1], one, 1);
      }
      whole.add(0, values, new double[values.length], values, values.length);
      assertThat(whole.worst(floor).group()).isEqualTo(single.worst(floor).group());
      assertThat(whole.worst(floor).ratio()).isWithin(1e-3).of(single.worst(floor).ratio());
    }
  }
}
