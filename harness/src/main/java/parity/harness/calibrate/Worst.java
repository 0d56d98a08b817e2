package parity.harness.calibrate;

/**
 * The largest of some figures, and where it was.
 *
 * @param where empty before the first figure
 */
record Worst(double value, String where) {
  static final Worst NONE = new Worst(0, "");

  Worst or(double other, String place) {
    return other > value ? new Worst(other, place) : this;
  }
}
