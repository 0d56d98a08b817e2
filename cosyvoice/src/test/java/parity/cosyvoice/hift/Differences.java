package parity.cosyvoice.hift;

import parity.tensors.Tensor;

/** How far a tensor is from what Python computed. */
final class Differences {
  private Differences() {}

  /** Relative L2 over the elements that the computed tensor has: the first of the reference's. */
  static double relative(Tensor computed, Tensor reference) {
    double difference = 0;
    double size = 0;
    for (long i = 0; i < computed.elements(); i++) {
      double expected = reference.getDouble(i);
      difference += square(computed.getDouble(i) - expected);
      size += square(expected);
    }
    return Math.sqrt(difference / size);
  }

  /**
   * How many times farther from the exact result than Python is.
   *
   * @param rounding the exact result minus the reference
   */
  static double sigma(Tensor computed, Tensor reference, Tensor rounding) {
    double noise = 0;
    double floor = 0;
    double size = 0;
    for (long i = 0; i < computed.elements(); i++) {
      double exact = reference.getDouble(i) + rounding.getDouble(i);
      noise += square(computed.getDouble(i) - exact);
      floor += square(rounding.getDouble(i));
      size += square(exact);
    }
    return Math.sqrt(noise / Math.max(floor, size * Math.scalb(1.0, -50)));
  }

  private static double square(double value) {
    return value * value;
  }
}
