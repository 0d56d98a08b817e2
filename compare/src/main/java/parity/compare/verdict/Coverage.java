package parity.compare.verdict;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many tensors of a set are of each status.
 *
 * @param counts of every {@link Status}
 */
public record Coverage(Map<Status, Long> counts) {
  public Coverage {
    counts = Map.copyOf(counts);
  }

  /** Of tensors that were each looked at once. */
  public static Coverage ofVerdicts(Collection<Verdict> verdicts) {
    return ofStatuses(verdicts.stream().map(Verdict::status).toList());
  }

  static Coverage of(Collection<Finding> findings) {
    return ofStatuses(findings.stream().map(Finding::status).toList());
  }

  private static Coverage ofStatuses(List<Status> statuses) {
    return new Coverage(
        Arrays.stream(Status.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    status -> (long) Collections.frequency(statuses, status))));
  }

  /** How many are of that status. */
  public long count(Status status) {
    return counts.getOrDefault(status, 0L);
  }

  /** A FAIL always wins; then whatever was not compared; and where none passes nothing is shown. */
  public Outcome outcome(Skips skips) {
    if (count(Status.FAIL) + count(Status.INHERITED) > 0) {
      return Outcome.FAIL;
    }
    boolean complete =
        count(Status.NOT_COMPARED) == 0 && (count(Status.SKIPPED) == 0 || skips == Skips.ALLOWED);
    return complete && count(Status.PASS) > 0 ? Outcome.PASS : Outcome.INCONCLUSIVE;
  }

  /**
   * For messages: {@code 210 PASS, 2 VACUOUS, 0 FAIL, 1 NOT_COMPARED, 0 SKIPPED}; INHERITED stands
   * there only if any is.
   */
  @Override
  public String toString() {
    return Arrays.stream(Status.values())
        .filter(status -> status != Status.INHERITED || count(status) > 0)
        .map(status -> count(status) + " " + status)
        .collect(Collectors.joining(", "));
  }
}
