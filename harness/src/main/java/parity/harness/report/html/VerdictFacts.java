package parity.harness.report.html;

import java.util.Optional;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.tensors.TensorInfo;

/** What each kind of verdict knows of its tensor. */
final class VerdictFacts {
  private VerdictFacts() {}

  /** What a tensor was held against; empty if it was not judged by limits. */
  static Optional<Judgement> judgement(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match match -> Optional.of(match.judgement());
      case Verdict.Mismatch mismatch -> Optional.of(mismatch.judgement());
      default -> Optional.empty();
    };
  }

  /** How both sides differ; empty if they were not compared number by number. */
  static Optional<Metrics> metrics(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match match -> match.metrics();
      case Verdict.Mismatch mismatch -> Optional.of(mismatch.metrics());
      case Verdict.NotFinite notFinite -> Optional.of(notFinite.metrics());
      default -> Optional.empty();
    };
  }

  /** Where a limit comes from. */
  static String source(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Noise noise -> noise.limit().source();
      case Judgement.Fixed fixed -> fixed.source();
      case Judgement.Elements elements -> elements.tolerance().source();
      case Judgement.PerElement own -> own.source();
      case Judgement.Exact exact -> "bit by bit";
    };
  }

  /** Type and shape, as the reference has them; empty if that is not known. */
  static Optional<TensorInfo> form(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match v -> Optional.of(v.info());
      case Verdict.Vacuous v -> Optional.of(v.info());
      case Verdict.Mismatch v -> Optional.of(v.info());
      case Verdict.IntegersDiffer v -> Optional.of(v.expected());
      case Verdict.TextsDiffer v -> Optional.of(v.expected());
      case Verdict.NotFinite v -> Optional.of(v.info());
      case Verdict.LengthDiffers v -> Optional.of(v.expected());
      case Verdict.ShapeDiffers v -> Optional.of(v.expected());
      case Verdict.DtypeDiffers v -> Optional.of(v.expected());
      case Verdict.Missing v -> Optional.of(v.expected());
      case Verdict.Unexpected v -> Optional.of(v.actual());
      case Verdict.TruthUnusable v -> Optional.of(v.info());
      case Verdict.NotCompared v -> Optional.empty();
      case Verdict.Skipped v -> Optional.empty();
    };
  }
}
