package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.noise.Floor;
import parity.compare.noise.Gain;
import parity.compare.noise.Group;
import parity.compare.noise.WorstGroup;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Breach;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Each limit lets its own value pass, and the next larger number not. */
class LimitsToTheUlpTest {
  private static final Shape SHAPE = Shape.of(64, 64);
  private static final float STEP = 0x1p-10f;

  @Test
  void sigma_eitherSideOfTheLimit_decides() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    double sigma = Sample.noise(sample.verdict()).sigma();
    assertThat(rules(sample.verdict(sigma))).doesNotContain(Breach.Rule.SIGMA);
    assertThat(rules(sample.verdict(Math.nextDown(sigma)))).contains(Breach.Rule.SIGMA);
  }

  @Test
  void worstGroup_eitherSideOfTwiceTheLimit_decides() {
    Sample sample = oneRowOff();
    Judgement.Noise noise = Sample.noise(sample.verdict());
    WorstGroup worst = noise.worstGroup().orElseThrow();
    assertThat(worst.group()).isEqualTo(new Group(SHAPE, 0, 7, 7));
    double t = worst.ratio() / 2;
    assertThat(noise.sigma()).isLessThan(t);
    assertThat(rules(sample.verdict(t))).isEmpty();
    assertThat(rules(sample.verdict(Math.nextDown(t)))).containsExactly(Breach.Rule.WORST_GROUP);
  }

  private static Sample oneRowOff() {
    Sample sample = Sample.noisy(2, SHAPE, 1);
    float[] actual = sample.actual().toFloats();
    for (int i = 7 * 64; i < 8 * 64; i++) {
      actual[i] += 1e-6f;
    }
    return new Sample(sample.reference(), sample.residual(), Tensor.ofFloats(SHAPE, actual));
  }

  @Test
  void worstElement_eitherSideOfSix_decides() {
    assertThat(rules(oneElementOff(1 + 7 * STEP).verdict())).isEmpty();
    assertThat(rules(oneElementOff(Math.nextUp(1 + 7 * STEP)).verdict()))
        .containsExactly(Breach.Rule.WORST_ELEMENT);
  }

  /** Truth {@code +-1 + STEP}, reference {@code +-1}, candidate exact but for one element. */
  private static Sample oneElementOff(float value) {
    float[] reference = new float[64 * 64];
    float[] residual = new float[reference.length];
    float[] actual = new float[reference.length];
    Arrays.fill(residual, STEP);
    for (int i = 0; i < reference.length; i++) {
      reference[i] = i % 2 == 0 ? 1 : -1;
      actual[i] = reference[i] + STEP;
    }
    actual[100] = value;
    return new Sample(
        Tensor.ofFloats(SHAPE, reference),
        Tensor.ofFloats(SHAPE, residual),
        Tensor.ofFloats(SHAPE, actual));
  }

  @Test
  void fixedRelativeL2_eitherSide_decides() {
    Sample sample = Sample.noisy(3, SHAPE, 1);
    double found = Metrics.measure(sample.reference(), sample.actual()).relativeL2();
    assertThat(rules(fixed(sample, found, 1))).isEmpty();
    assertThat(rules(fixed(sample, Math.nextDown(found), 1)))
        .containsExactly(Breach.Rule.RELATIVE_L2);
  }

  @Test
  void fixedMaxAbs_eitherSide_decides() {
    Sample sample = Sample.noisy(3, SHAPE, 1);
    double found = Metrics.measure(sample.reference(), sample.actual()).maxAbs();
    assertThat(rules(fixed(sample, 1, found))).isEmpty();
    assertThat(rules(fixed(sample, 1, Math.nextDown(found)))).containsExactly(Breach.Rule.MAX_ABS);
  }

  private static Verdict fixed(Sample sample, double relativeL2, double maxAbs) {
    return Comparison.compare(
        "x", sample.reference(), sample.actual(), new Basis.Fixed(relativeL2, maxAbs, "test"));
  }

  @Test
  void float64_eitherSideOfItsLimit_decides() {
    assertThat(rules(float64(1e-12))).isEmpty();
    assertThat(rules(float64(Math.nextUp(1e-12)))).containsExactly(Breach.Rule.RELATIVE_L2);
  }

  /** The norm of the reference is 1, and the place that differs is 0 in it. */
  private static Verdict float64(double difference) {
    Shape two = Shape.of(2);
    return Comparison.compare(
        "x",
        Tensor.ofDoubles(two, 1, 0),
        Tensor.ofDoubles(two, 1, difference),
        new Basis.Fixed(1, 1, "not used, the reference is float64"));
  }

  @Test
  void calibrated_eitherSideOfTheClamp_staysWithinTwoAndEight() {
    assertThat(Limit.calibrated(0, 0, 0, 0, "")).isEqualTo(new Limit(2, 4, 6, 0x1p-24, ""));
    assertThat(Limit.calibrated(2, 3, 4, 1e-7, "")).isEqualTo(new Limit(3, 6, 6, 10 * 1e-7, ""));
    assertThat(Limit.calibrated(9, 3, 8, 1, "")).isEqualTo(new Limit(8, 16, 12, 10, ""));
  }

  @Test
  void calibrated_groupsOverTwiceT_areGrantedTheMargin() {
    assertThat(Limit.calibrated(1, 4, 0, 0, "")).isEqualTo(new Limit(2, 6, 6, 0x1p-24, ""));
  }

  @Test
  void nan_anywhere_passesNoLimit() {
    Floor floor = new Floor(DType.F32, 1, 1, 1, 64);
    Place place = new Place(0, SHAPE, 0, 0);
    WorstGroup group = new WorstGroup(new Group(SHAPE, 0, 0, 0), Double.NaN);
    Judgement.Noise noise =
        new Judgement.Noise(
            floor,
            Double.NaN,
            Optional.of(group),
            Double.NaN,
            place,
            new Gain(Double.NaN, 31),
            Limit.calibrated(1, 1, 1, 1, ""));
    assertThat(noise.breaches()).hasSize(4);
  }

  private static List<Breach.Rule> rules(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match _ -> List.of();
      case Verdict.Mismatch mismatch ->
          mismatch.judgement().breaches().stream().map(Breach::rule).toList();
      default -> throw new AssertionError(verdict.line());
    };
  }
}
