package parity.harness.diff;

import java.util.ArrayList;
import java.util.List;
import parity.compare.scan.Metrics;
import parity.compare.scan.Numbers;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Verdict;

/** A comparison of two files, for people. */
public final class DiffText {
  private static final String INDENT = "        ";

  private DiffText() {}

  /**
   * The lines: the worst tensors with their figures, how many more there are, and the result.
   *
   * @param most tensors to show
   */
  public static List<String> lines(DiffResult result, int most) {
    List<String> lines = new ArrayList<>();
    result.reason().ifPresent(why -> lines.add("# limits were given: " + why));
    List<Verdict> worst = result.worstFirst();
    for (Verdict verdict : worst.subList(0, Math.min(most, worst.size()))) {
      lines.add(verdict.line());
      DiffResult.metrics(verdict).ifPresent(metrics -> add(lines, metrics));
    }
    if (worst.size() > most) {
      lines.add((worst.size() - most) + " more, none of them worse (--all shows them)");
    }
    if (!worst.isEmpty() && worst.stream().allMatch(DiffText::oneSided)) {
      lines.add(
          "no tensor is in both files; nothing was compared (--names FILE says what is"
              + " called otherwise)");
    }
    lines.addAll(result.uncompared().notes());
    int equal = result.uncompared().equal().size();
    if (equal > 0) {
      lines.add(equal + " of kinds that are not compared equal, byte for byte; it proves nothing");
    }
    Outcome outcome = result.outcome();
    lines.add(result.coverage().toString());
    lines.add(
        outcome
            + " (exit "
            + outcome.exitCode()
            + ")"
            + result.reason().map(why -> " with limits given: " + why).orElse(""));
    return lines;
  }

  private static boolean oneSided(Verdict verdict) {
    return verdict instanceof Verdict.Missing || verdict instanceof Verdict.Unexpected;
  }

  private static void add(List<String> lines, Metrics metrics) {
    String place = metrics.maxAt().map(worst -> " " + worst).orElse("");
    lines.add(INDENT + "max abs " + metrics.showLargest() + place);
    lines.add(
        INDENT
            + "mean abs %s, L1 %s, rms %s, relative L2 %s, NMSE %s dB, SNR %s dB, cosine %s"
                .formatted(
                    show(metrics.meanAbs()),
                    show(metrics.l1()),
                    show(metrics.rms()),
                    show(metrics.relativeL2()),
                    show(metrics.nmseDb()),
                    show(metrics.snrDb()),
                    metrics.cosine()));
    lines.add(INDENT + "abs difference " + metrics.absDiff());
    lines.add(
        INDENT
            + "expected has "
            + metrics.expectedNonFinite()
            + ", found "
            + metrics.actualNonFinite());
  }

  private static String show(double value) {
    return Numbers.show(value);
  }
}
