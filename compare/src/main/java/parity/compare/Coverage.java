package parity.compare;

import java.util.Collection;

/**
 * How much of what was expected has been compared.
 *
 * @param green compared and right
 * @param vacuous right bit by bit, proving nothing
 * @param red compared and wrong
 * @param open expected and not compared, or not expected; skipped ones not counted
 * @param skipped left out on purpose
 */
public record Coverage(long green, long vacuous, long red, long open, long skipped) {
  static Coverage of(Collection<Verdict> verdicts) {
    long skipped = verdicts.stream().filter(Verdict.Skipped.class::isInstance).count();
    return new Coverage(
        count(verdicts, Standing.GREEN),
        count(verdicts, Standing.VACUOUS),
        count(verdicts, Standing.RED),
        count(verdicts, Standing.OPEN) - skipped,
        skipped);
  }

  private static long count(Collection<Verdict> verdicts, Standing standing) {
    return verdicts.stream().filter(verdict -> verdict.standing() == standing).count();
  }

  /** A red always wins; then whatever is open; and where nothing is green nothing is shown. */
  Outcome outcome(Skips skips) {
    if (red > 0) {
      return Outcome.FAIL;
    }
    boolean complete = open == 0 && (skipped == 0 || skips == Skips.ALLOWED);
    return complete && green > 0 ? Outcome.PASS : Outcome.INCONCLUSIVE;
  }

  /** For messages: {@code 210 right, 2 vacuous, 0 wrong, 1 not compared, 0 skipped}. */
  @Override
  public String toString() {
    return green
        + " right, "
        + vacuous
        + " vacuous, "
        + red
        + " wrong, "
        + open
        + " not compared, "
        + skipped
        + " skipped";
  }
}
