package parity.compare;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parity.compare.limits.Tolerance;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Pairs of small tensors, beside all that may hide a difference: masks, spikes, constants, zeros,
 * scales at the ends of the type. One element three limits off is seen; rounding is not.
 */
class PlantedDifferencesTest {
  private static final int PAIRS = 200;

  /** What stands beside the ordinary elements. */
  private enum Beside {
    NOTHING,
    ZEROS,
    CONSTANTS,
    ONE_SPIKE,
    TWO_SPIKES,
    MASK,
    MASK_WITH_SCORES,
    INFINITIES
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"})
  void compare_threeLimitsOff_isAlwaysSeenAndRoundingNever(DType dtype) {
    Random random = new Random(dtype.name().hashCode());
    Encoding encoding = Encoding.of(dtype);
    List<Case> cases = new ArrayList<>();
    for (Beside beside : Beside.values()) {
      for (int pair = 0; pair < PAIRS; pair++) {
        cases.add(new Case(dtype, encoding, beside, random));
      }
    }
    List<Verdict> rounded = compare(cases, Case::rounded);
    List<Verdict> planted = compare(cases, Case::planted);
    for (int i = 0; i < cases.size(); i++) {
      assertWithMessage("rounded: %s", cases.get(i))
          .that(rounded.get(i).status())
          .isAnyOf(Status.PASS, Status.VACUOUS);
      assertWithMessage("planted: %s", cases.get(i))
          .that(planted.get(i).status())
          .isEqualTo(Status.FAIL);
    }
  }

  private static List<Verdict> compare(List<Case> cases, Function<Case, Tensor> actual) {
    List<Pair> pairs =
        cases.stream()
            .map(made ->
                new Pair("x", TensorView.of(made.expected()), TensorView.of(actual.apply(made))))
            .toList();
    return SetComparison.compare(pairs, Tolerance::of, 2, InPlace.NOTHING);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"})
  void compare_oneIntegerOff_isAlwaysSeen(DType dtype) {
    Random random = new Random(dtype.name().hashCode());
    for (int pair = 0; pair < 20; pair++) {
      byte[] bytes = new byte[dtype.bytes() * (1 + random.nextInt(200))];
      random.nextBytes(bytes);
      Tensor expected = tensor(dtype, bytes);
      byte[] other = bytes.clone();
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      assertThat(status(expected, tensor(dtype, other))).isEqualTo(Status.FAIL);
      assertThat(status(expected, tensor(dtype, bytes.clone())))
          .isAnyOf(Status.PASS, Status.VACUOUS);
    }
  }

  private static Tensor tensor(DType dtype, byte[] bytes) {
    return Tensor.of(dtype, Shape.of(bytes.length / dtype.bytes()), MemorySegment.ofArray(bytes));
  }

  private static Status status(Tensor expected, Tensor actual) {
    Pair pair = new Pair("x", TensorView.of(expected), TensorView.of(actual));
    return SetComparison.compare(List.of(pair), Tolerance::of, 1, InPlace.NOTHING)
        .getFirst()
        .status();
  }

  /** One expected tensor, the same with each element rounded otherwise, and with one far off. */
  private static final class Case {
    private final DType dtype;
    private final Beside beside;
    private final Random random;
    private final Encoding encoding;
    private final double[] ordinary;
    private final double[] expected;
    private final int planted;

    Case(DType dtype, Encoding encoding, Beside beside, Random random) {
      this.dtype = dtype;
      this.beside = beside;
      this.random = random;
      this.encoding = encoding;
      int size = 8 + random.nextInt(120);
      double scale = Math.scalb(1.0, exponent());
      boolean constant = random.nextInt(6) == 0;
      this.ordinary = new double[size];
      Arrays.setAll(
          ordinary, i -> encoding.nearest(constant ? scale : random.nextGaussian() * scale));
      this.expected = ordinary.clone();
      this.planted = random.nextInt(size);
      double share = beside == Beside.CONSTANTS ? 0.5 : 0.1 + 0.75 * random.nextDouble();
      double mask = mask(scale);
      for (int i = 0; i < size; i++) {
        if (i != planted && random.nextDouble() < share) {
          expected[i] = encoding.nearest(besideOf(i, scale, mask));
        }
      }
      int spikes =
          beside == Beside.ONE_SPIKE ? 1 : beside == Beside.TWO_SPIKES && size > 12 ? 2 : 0;
      for (int i = 0; i < spikes; i++) {
        expected[(planted + 1 + i) % size] = encoding.nearest(spike(scale));
      }
    }

    /** A scale at which spikes still fit, and whose numbers are not subnormal. */
    private int exponent() {
      int lowest = encoding.minExponent() + 6;
      int highest = encoding.maxExponent() - 9;
      return lowest + random.nextInt(Math.max(1, highest - lowest));
    }

    /** Without scores added to it a mask may be near; with them it is another number each time. */
    private double mask(double scale) {
      double near = beside == Beside.MASK ? -100 * scale : -1e3 * scale;
      double[] masks = {-1e10, -1e4, -encoding.largest(), near};
      double mask = masks[random.nextInt(masks.length)];
      boolean fits = mask <= near && -mask <= encoding.largest();
      return fits ? mask : -encoding.largest();
    }

    private double spike(double scale) {
      double size = scale * Math.pow(10, 2 + random.nextInt(8));
      return Math.min(size, encoding.largest()) * (random.nextBoolean() ? 1 : -1);
    }

    private double besideOf(int i, double scale, double mask) {
      return switch (beside) {
        case NOTHING, ONE_SPIKE, TWO_SPIKES -> ordinary[i];
        case ZEROS -> random.nextBoolean() ? 0.0 : -0.0;
        case CONSTANTS -> scale;
        case MASK -> mask;
        case MASK_WITH_SCORES -> Math.max(mask + ordinary[i], -encoding.largest());
        case INFINITIES -> encoding.hasInfinity() ? Double.NEGATIVE_INFINITY : Double.NaN;
      };
    }

    Tensor expected() {
      return encoding.tensor(expected);
    }

    Tensor rounded() {
      double[] values = expected.clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = encoding.neighbour(values[i], random.nextInt(3) - 1);
      }
      return encoding.tensor(values);
    }

    Tensor planted() {
      Tolerance tolerance = Tolerance.of(dtype);
      double squares = 0;
      for (double value : ordinary) {
        squares += Math.pow(value / ordinaryMax(), 2);
      }
      double rms = Math.sqrt(squares / ordinary.length) * ordinaryMax();
      double value = expected[planted];
      double off = 3 * tolerance.rtol() * (rms + Math.abs(value));
      double[] values = expected.clone();
      values[planted] = encoding.nearest(value + (value > 0 ? -off : off));
      return encoding.tensor(values);
    }

    private double ordinaryMax() {
      return Arrays.stream(ordinary).map(Math::abs).max().orElseThrow();
    }

    @Override
    public String toString() {
      return "%s beside %s, at %d of %s"
          .formatted(dtype, beside, planted, Arrays.toString(expected));
    }
  }
}
