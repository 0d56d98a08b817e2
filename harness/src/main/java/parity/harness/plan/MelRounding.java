package parity.harness.plan;

/**
 * How far sound moves when its mel is off by rounding, or by what it is off by to the other side.
 */
@FunctionalInterface
public interface MelRounding {
  /**
   * Signal to noise, in dB, of the steady sound and the farthest that it was moved.
   *
   * @param from first sample of a stretch
   * @param to behind its last
   */
  double snrDb(long from, long to);
}
