package parity.harness.suggest;

import java.util.Random;
import java.util.stream.LongStream;
import parity.compare.view.TensorView;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Some numbers of an expected tensor, by which another is known again. */
final class Sample {
  private static final int SIZE = 64;

  private final TensorInfo info;
  private final long[] places;
  private final double[] values;
  private final double squares;

  private Sample(TensorInfo info, long[] places, double[] values) {
    this.info = info;
    this.places = places;
    this.values = values;
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    this.squares = sum;
  }

  /** Of places from all over the tensor, the same for the same number of elements. */
  static Sample of(Tensor tensor) {
    long elements = tensor.elements();
    long[] places =
        elements <= SIZE
            ? LongStream.range(0, elements).toArray()
            : new Random(elements).longs(SIZE, 0, elements).toArray();
    double[] values = new double[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          tensor.dtype().isFloating() ? tensor.getDouble(places[i]) : tensor.getLong(places[i]);
    }
    return new Sample(TensorInfo.of(tensor), places, values);
  }

  TensorInfo info() {
    return info;
  }

  /** Whether numbers tell this tensor from others: not where all of them are nought. */
  boolean tells() {
    return squares > 0;
  }

  /** Relative L2 of what another has at the same places. */
  double distance(TensorView other) {
    double difference = 0;
    for (int i = 0; i < values.length; i++) {
      double found =
          other.dtype().isFloating() ? other.getDouble(places[i]) : other.getLong(places[i]);
      difference += (found - values[i]) * (found - values[i]);
    }
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.sqrt(difference / squares);
  }
}
