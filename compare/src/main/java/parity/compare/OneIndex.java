package parity.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import parity.tensors.Tensor;

/**
 * Whether the difference is that of single indices along one axis, as of channels one of whose
 * weights is wrong; or of each index another factor or constant, as of a norm's weights or a bias.
 */
final class OneIndex {
  /** So many indices are named; more are no single ones. */
  private static final int NAMED = 3;

  /** More would take too long, and are no channels. */
  private static final int MOST = 1 << 16;

  /** An index with fewer elements is explained by anything. */
  private static final int FEWEST = 6;

  private final int axis;
  private final int size;
  private final long each;
  private final double left;
  private final double[] squares;
  private final Line[] lines;

  /** Sums from which the best line through pairs of expected and actual is computed. */
  private static final class Line {
    private double e;
    private double a;
    private double ee;
    private double aa;
    private double ea;

    private void add(double expected, double actual) {
      e += expected;
      a += actual;
      ee += expected * expected;
      aa += actual * actual;
      ea += expected * actual;
    }

    private double factor() {
      return ea / ee;
    }

    private double leftByFactor() {
      return aa - ea * ea / ee;
    }

    private double constant(long n) {
      return (a - e) / n;
    }

    private double leftByConstant(long n) {
      return aa - 2 * ea + ee - (a - e) * (a - e) / n;
    }

    private double slope(long n) {
      return (ea - e * a / n) / (ee - e * e / n);
    }

    private double leftBySlope(long n) {
      double covariance = ea - e * a / n;
      return aa - a * a / n - covariance * covariance / (ee - e * e / n);
    }
  }

  private OneIndex(Tensor expected, Tensor actual, int axis, double left) {
    this.axis = axis;
    this.size = Math.toIntExact(expected.shape().dim(axis));
    this.each = expected.elements() / size;
    this.left = left;
    this.squares = new double[size];
    this.lines = new Line[size];
    Arrays.setAll(lines, i -> new Line());
    long stride = expected.shape().strides()[axis];
    for (long i = 0; i < expected.elements(); i++) {
      int index = (int) (i / stride % size);
      double wanted = expected.getDouble(i);
      double found = actual.getDouble(i);
      lines[index].add(wanted, found);
      squares[index] += (found - wanted) * (found - wanted);
    }
  }

  /**
   * What explains the difference along an axis, in words.
   *
   * @param left what may be left of the squared difference
   */
  static Optional<String> of(Tensor expected, Tensor actual, int axis, double left) {
    long size = expected.shape().dim(axis);
    if (size < 2 || size > MOST || expected.elements() / size < FEWEST) {
      return Optional.empty();
    }
    OneIndex along = new OneIndex(expected, actual, axis, left);
    return along.single().or(along::all);
  }

  private Optional<String> single() {
    int[] worst =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> -squares[index]))
            .limit(NAMED)
            .mapToInt(Integer::intValue)
            .toArray();
    double rest = Arrays.stream(squares).sum();
    for (int count = 1; count <= worst.length && 2 * count < size; count++) {
      rest -= squares[worst[count - 1]];
      if (rest <= left) {
        int[] named = Arrays.stream(worst).limit(count).sorted().toArray();
        String what = count == 1 ? "index " + named[0] : "the indices " + Arrays.toString(named);
        return Optional.of(
            "wrong at %s of %d along axis %d alone%s"
                .formatted(what, size, axis, count == 1 ? how(named[0]) : ""));
      }
    }
    return Optional.empty();
  }

  /** What becomes of the numbers at one index. */
  private String how(int index) {
    Line line = lines[index];
    if (line.leftByConstant(each) <= left) {
      return ", where it is " + more(line.constant(each));
    }
    double factor = line.leftByFactor() <= left ? line.factor() : line.slope(each);
    boolean explained = line.leftByFactor() <= left || line.leftBySlope(each) <= left;
    return explained ? ", where it is " + Hints.percent(factor) : "";
  }

  private static String more(double constant) {
    return String.format(
        Locale.ROOT, "%.3g too %s", Math.abs(constant), constant > 0 ? "large" : "small");
  }

  private Optional<String> all() {
    if (Arrays.stream(lines).mapToDouble(line -> line.leftByConstant(each)).sum() <= left) {
      return Optional.of(
          "shifted by a constant for each index along axis %d: another bias".formatted(axis));
    }
    if (Arrays.stream(lines).mapToDouble(Line::leftByFactor).sum() <= left) {
      return Optional.of(
          "scaled by a factor for each index along axis %d: another weight of a norm, or scale"
              .formatted(axis));
    }
    return Optional.empty();
  }
}
