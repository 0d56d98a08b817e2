package parity.harness.plan;

/** How far sound moves when its mel is off by rounding. */
@FunctionalInterface
public interface MelRounding {
  /**
   * Signal to noise, in dB, of the steady sound and the farthest that rounding moved it.
   *
   * @param from first sample of a stretch
   * @param to behind its last
   */
  double snrDb(long from, long to);
}
