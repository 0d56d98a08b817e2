package parity.compare.verdict;

import java.util.Collection;
import java.util.Optional;

/**
 * How much of what was expected has been compared.
 *
 * @param green compared and right
 * @param vacuous right, but constant or empty in the reference, so proving nothing
 * @param red compared and wrong
 * @param inherited wrong only because of what came before
 * @param open expected and not compared, or not expected; skipped ones not counted
 * @param skipped left out on purpose
 */
public record Coverage(
    long green, long vacuous, long red, long inherited, long open, long skipped) {
  /** Of tensors that were each looked at once. */
  public static Coverage ofVerdicts(Collection<Verdict> verdicts) {
    return of(
        verdicts.stream()
            .map(verdict -> new Finding(verdict.name(), Optional.of(verdict), Optional.empty()))
            .toList());
  }

  static Coverage of(Collection<Finding> findings) {
    long skipped =
        findings.stream().filter(finding -> finding.telling() instanceof Verdict.Skipped).count();
    return new Coverage(
        count(findings, Standing.GREEN),
        count(findings, Standing.VACUOUS),
        count(findings, Standing.RED),
        count(findings, Standing.INHERITED),
        count(findings, Standing.OPEN) - skipped,
        skipped);
  }

  private static long count(Collection<Finding> findings, Standing standing) {
    return findings.stream().filter(finding -> finding.standing() == standing).count();
  }

  /** A red always wins; then whatever is open; and where nothing is green nothing is shown. */
  public Outcome outcome(Skips skips) {
    if (red + inherited > 0) {
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
        + (inherited == 0 ? "" : inherited + " wrong by inheritance, ")
        + open
        + " not compared, "
        + skipped
        + " skipped";
  }
}
