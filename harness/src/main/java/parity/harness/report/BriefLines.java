package parity.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.compare.verdict.Breach;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.result.StageResult;

/**
 * What a person at a terminal reads of a stage's tensors: one short line for each module that is
 * wrong on its own, and counts. A log has all of it.
 */
public final class BriefLines {
  /** So many modules have a line; the others are counted. */
  private static final int LISTED = 5;

  /** What was not compared has lines of its own as long as it is not more. */
  private static final int FEW = 2;

  /** Longer sentences are cut; the log has them whole. */
  private static final int LONGEST = 100;

  private BriefLines() {}

  /**
   * What is not right in a stage, in the order of execution; empty if all is.
   *
   * @param log name of the file with all tensors
   */
  public static List<String> of(StageResult stage, String log) {
    List<String> lines = new ArrayList<>();
    List<List<Finding>> wrong = List.copyOf(byModule(of(stage, Status.FAIL)).values());
    wrong.stream().limit(LISTED).map(BriefLines::line).forEach(lines::add);
    if (wrong.size() > LISTED) {
      long more = wrong.stream().skip(LISTED).mapToLong(List::size).sum();
      lines.add("%s: %s more, see %s".formatted(Status.FAIL, Words.count(more, "tensor"), log));
    }
    lines.addAll(notCompared(stage, Status.NOT_COMPARED, log));
    lines.addAll(notCompared(stage, Status.SKIPPED, log));
    List<Finding> inherited = of(stage, Status.INHERITED);
    if (!inherited.isEmpty()) {
      lines.add(
          "%s: %s, first %s, see %s"
              .formatted(
                  Status.INHERITED,
                  Words.count(inherited.size(), "tensor"),
                  inherited.getFirst().name(),
                  log));
    }
    return lines;
  }

  private static List<String> notCompared(StageResult stage, Status status, String log) {
    List<Finding> open = of(stage, status);
    return open.size() <= FEW
        ? open.stream().map(finding -> brief(finding.telling())).toList()
        : List.of(
            "%s: %s, first %s (%s), see %s"
                .formatted(
                    status,
                    Words.count(open.size(), "tensor"),
                    open.getFirst().name(),
                    clipped(open.getFirst().telling()),
                    log));
  }

  private static List<Finding> of(StageResult stage, Status status) {
    return stage.findings().stream().filter(each -> each.status() == status).toList();
  }

  /** Findings by the module that they are calls of, in the order of the first of them. */
  public static Map<String, List<Finding>> byModule(List<Finding> findings) {
    Map<String, List<Finding>> modules = new LinkedHashMap<>();
    for (Finding finding : findings) {
      String module = finding.name().replaceFirst("#\\d+$", "");
      modules.computeIfAbsent(module, any -> new ArrayList<>()).add(finding);
    }
    return modules;
  }

  private static String line(List<Finding> calls) {
    Finding first = calls.getFirst();
    String more =
        calls.size() == 1 ? "" : "; " + Words.count(calls.size() - 1, "other call") + " too";
    return brief(first.telling()) + more;
  }

  /** One verdict in one short line, each figure once. */
  public static String brief(Verdict verdict) {
    return verdict.status() + " " + verdict.name() + ": " + clipped(verdict);
  }

  /** Advice is to be followed, so it stays whole. */
  private static String clipped(Verdict verdict) {
    String advice = verdict.advice().map(words -> "; " + words).orElse("");
    String figures = figures(verdict);
    return clip(figures.substring(0, figures.length() - advice.length())) + advice;
  }

  private static String figures(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Mismatch mismatch when !mismatch.judgement().breaches().isEmpty() ->
          breach(mismatch.judgement().breaches().getFirst());
      case Verdict.Match match -> kept(match.judgement());
      default -> verdict.says();
    };
  }

  private static String breach(Breach breach) {
    String times =
        breach.limit() > 0 && Double.isFinite(breach.found())
            ? " (%s times)".formatted(Words.figure(breach.found() / breach.limit()))
            : "";
    return held(breach.rule().toString(), breach.found(), breach.limit()) + times;
  }

  private static String kept(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Noise noise -> held("sigma", noise.sigma(), noise.limit().t());
      case Judgement.Fixed fixed ->
          held("relative L2", fixed.metrics().relativeL2(), fixed.relativeL2());
      case Judgement.Elements elements ->
          held("relative L2", elements.metrics().relativeL2(), elements.tolerance().relativeL2());
      case Judgement.PerElement own -> held("worst element", own.worst(), 1);
      case Judgement.Exact exact -> "equal";
    };
  }

  private static String held(String what, double found, double limit) {
    return "%s %s, limit %s".formatted(what, Words.figure(found), Words.figure(limit));
  }

  private static String clip(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
