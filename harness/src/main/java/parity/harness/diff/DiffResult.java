package parity.harness.diff;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Coverage;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.compare.verdict.Verdict;
import parity.harness.report.Severity;

/**
 * What came of comparing two files.
 *
 * @param verdicts by name, what was not expected last
 * @param uncompared what the files have besides, and what is no verdict
 * @param reason why limits were given, if they were
 */
public record DiffResult(
    List<Verdict> verdicts, Coverage coverage, Uncompared uncompared, Optional<String> reason) {
  public DiffResult {
    verdicts = List.copyOf(verdicts);
  }

  static DiffResult of(List<Verdict> verdicts, Uncompared uncompared, Optional<String> reason) {
    return new DiffResult(verdicts, Coverage.ofVerdicts(verdicts), uncompared, reason);
  }

  /** PASS only if all of both files was compared, and something of it tells anything. */
  public Outcome outcome() {
    return coverage.outcome(Skips.INCONCLUSIVE);
  }

  /** The verdicts, the worst first: wrong, not compared, right and near its limit, vacuous. */
  public List<Verdict> worstFirst() {
    return verdicts.stream()
        .map(verdict -> new Ranked(verdict, rank(verdict), Severity.of(verdict)))
        .sorted(
            Comparator.comparingInt(Ranked::rank)
                .thenComparing(Comparator.comparingDouble(Ranked::severity).reversed()))
        .map(Ranked::verdict)
        .toList();
  }

  /** A verdict and what it is sorted by, which is looked up once. */
  private record Ranked(Verdict verdict, int rank, double severity) {}

  private static int rank(Verdict verdict) {
    return switch (verdict.status()) {
      case FAIL, INHERITED -> 0;
      case NOT_COMPARED, SKIPPED -> 1;
      case PASS -> 2;
      case VACUOUS -> 3;
    };
  }

  /** The figures of a verdict that has any. */
  static Optional<Metrics> metrics(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match match -> match.metrics();
      case Verdict.Mismatch mismatch -> Optional.of(mismatch.metrics());
      case Verdict.NotFinite notFinite -> Optional.of(notFinite.metrics());
      default -> Optional.empty();
    };
  }
}
