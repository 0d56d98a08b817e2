package parity.harness.report;

import parity.compare.noise.WorstGroup;
import parity.compare.verdict.Breach;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;

/** How near to its limit a tensor is, whatever it was judged by. */
public final class Severity {
  private Severity() {}

  /**
   * The largest quantity in units of its own limit: up to 1 is right, above is wrong; 0 where
   * nothing was measured.
   */
  public static double of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match match -> of(match.judgement());
      case Verdict.Mismatch mismatch -> of(mismatch.judgement());
      case Verdict.IntegersDiffer v -> Double.POSITIVE_INFINITY;
      case Verdict.TextsDiffer v -> Double.POSITIVE_INFINITY;
      case Verdict.NotFinite v -> Double.POSITIVE_INFINITY;
      case Verdict.LengthDiffers v -> Double.POSITIVE_INFINITY;
      case Verdict.Vacuous v -> 0;
      case Verdict.ShapeDiffers v -> 0;
      case Verdict.DtypeDiffers v -> 0;
      case Verdict.Missing v -> 0;
      case Verdict.Unexpected v -> 0;
      case Verdict.NotCompared v -> 0;
      case Verdict.TruthUnusable v -> 0;
      case Verdict.Skipped v -> 0;
    };
  }

  private static double of(Judgement judgement) {
    double worst =
        switch (judgement) {
          case Judgement.Noise noise ->
              Math.max(
                  Math.max(
                      noise.sigma() / noise.limit().t(),
                      noise.worstGroup().map(WorstGroup::ratio).orElse(0.0)
                          / noise.limit().group()),
                  noise.worstElement() / noise.limit().element());
          case Judgement.Fixed fixed ->
              Math.max(
                  ratio(fixed.metrics().relativeL2(), fixed.relativeL2()),
                  ratio(fixed.metrics().maxAbs(), fixed.maxAbs()));
          case Judgement.Elements elements ->
              Math.max(
                  ratio(elements.metrics().relativeL2(), elements.tolerance().relativeL2()),
                  elements.worst());
          case Judgement.PerElement own -> own.worst();
          case Judgement.Exact exact -> 0;
        };
    return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
  }

  private static double ratio(double found, double limit) {
    return found == 0 ? 0 : found / limit;
  }

  /** Of something wrong: what was found, what is lawful, and how many times beyond that it is. */
  public static String phrase(Verdict verdict) {
    if (!(verdict instanceof Verdict.Mismatch mismatch)
        || mismatch.judgement().breaches().isEmpty()) {
      return verdict.says();
    }
    Breach first = mismatch.judgement().breaches().getFirst();
    String times =
        first.limit() > 0 && Double.isFinite(first.found())
            ? ", %s times beyond lawful rounding"
                .formatted(Words.figure(first.found() / first.limit()))
            : "";
    return "%s %s where %s is lawful%s"
        .formatted(first.rule(), Words.figure(first.found()), Words.figure(first.limit()), times);
  }
}
