package parity.harness.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import parity.compare.Comparison;
import parity.compare.StageComparison;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Control;
import parity.compare.verdict.Skips;
import parity.compare.verdict.StageReport;
import parity.compare.verdict.Verdict;
import parity.harness.result.Exercised;
import parity.harness.result.Exhibit;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Results of runs that never ran. */
public final class Results {
  private static final Shape SHAPE = Shape.of(1, 8, 16);
  private static final Tensor REFERENCE = wave(0);
  private static final Tensor RESIDUAL = noise(1, 1e-7f);
  private static final Tensor INTEGERS = Tensor.ofInts(Shape.of(3), 1, 2, 3);
  private static final Basis TRUTH = new Basis.Truth(RESIDUAL, Limit.DEFAULT);
  private static final Basis FIXED = new Basis.Fixed(1e-5, 1, "test");

  /** Right on its own, and compared once for the many tensors of a large run. */
  private static final Verdict.Match ALONE =
      (Verdict.Match) Comparison.compare("alone", REFERENCE, wave(5e-8f), TRUTH);

  /** One that happened, one that did not, and one of which the capture does not tell. */
  private static final Exercised EXERCISED =
      new Exercised(
          List.of(
              count("nucleus cut by top_k", OptionalLong.of(9)),
              count("nucleus cut by top_p", OptionalLong.of(0)),
              count("magnitude clipped", OptionalLong.empty())));

  private Results() {}

  private static Exercised.Count count(String regime, OptionalLong times) {
    return new Exercised.Count(
        StageName.LLM, regime, times, "utils/common.py:153", "size of sampling", "another model");
  }

  /** A run of these stages. */
  public static RunResult of(StageResult... stages) {
    return new RunResult(
        List.of(stages),
        Skips.INCONCLUSIVE,
        List.of(),
        EXERCISED,
        Map.of("parity", "test", "threads", "2"),
        Map.of("torch_version", "2.3.1", "tts_text", "Hello <b>&\"world\"</b>"));
  }

  /** A run of these stages, for which something was set aside. */
  public static RunResult overridden(List<Overridden> overridden, StageResult... stages) {
    RunResult plain = of(stages);
    return new RunResult(
        plain.stages(),
        plain.skips(),
        overridden,
        plain.exercised(),
        plain.provenance(),
        plain.capture());
  }

  /**
   * A stage that was compared. The first character of a name is what came of it: {@code =} right,
   * {@code !} wrong, {@code ?} missing, {@code 0} vacuous, {@code #} wrong integers, {@code N} not
   * a number, {@code @} another shape, {@code F} right by fixed limits, {@code -} skipped, {@code
   * ^} wrong, and right on the reference's inputs, {@code *} right, and wrong on the reference's
   * inputs.
   */
  public static StageResult stage(StageName name, String... marked) {
    return new StageResult.Compared(name, report(marked), List.of());
  }

  /** As {@link #stage(StageName, String...)}, with something to look at and to listen to. */
  public static StageResult shown(StageName name, List<Exhibit> exhibits, String... marked) {
    return new StageResult.Compared(name, report(marked), exhibits);
  }

  /** As {@link #stage(StageName, String...)}, with two controls, of which one may be unseen. */
  public static StageResult controlled(StageName name, boolean seen, String... marked) {
    StageComparison stage = compared(marked);
    stage.control(new Control("one frame repeated", true, "by itself"));
    stage.control(new Control("one weight nudged", seen, "sigma 1.1 of 4"));
    stage.note("two runs gave the same bits");
    return new StageResult.Compared(name, stage.finish(), List.of());
  }

  /** As {@link #stage(StageName, String...)}, with a guess at what is the matter. */
  public static StageResult hinted(StageName name, String hint, String... marked) {
    StageComparison stage = compared(marked);
    stage.note(StageResult.HINT + hint);
    return new StageResult.Compared(name, stage.finish(), List.of());
  }

  static StageReport report(String... marked) {
    return compared(marked).finish();
  }

  private static StageComparison compared(String... marked) {
    SequencedMap<String, TensorInfo> expected = new LinkedHashMap<>();
    for (String word : marked) {
      expected.put(word.substring(1), new TensorInfo(DType.F32, SHAPE));
    }
    StageComparison stage = StageComparison.begin(expected);
    for (String word : marked) {
      compare(stage, word.charAt(0), word.substring(1));
    }
    return stage;
  }

  private static void compare(StageComparison stage, char mark, String name) {
    switch (mark) {
      case '=' -> stage.compare(name, REFERENCE, wave(1e-7f), TRUTH);
      case 'F' -> stage.compare(name, REFERENCE, REFERENCE, FIXED);
      case '!' -> stage.compare(name, REFERENCE, wave(1e-4f), TRUTH);
      case '^' -> {
        stage.compare(name, REFERENCE, wave(1e-4f), TRUTH);
        stage.compareIsolated(name, REFERENCE, wave(1e-7f), TRUTH);
      }
      case '*' -> {
        stage.compare(name, REFERENCE, wave(1e-7f), TRUTH);
        stage.compareIsolated(name, REFERENCE, wave(1e-4f), TRUTH);
      }
      case '+' -> {
        stage.compare(name, REFERENCE, wave(1e-7f), TRUTH);
        stage.keepIsolated(
            new Verdict.Match(name, ALONE.info(), ALONE.judgement(), ALONE.metrics()));
      }
      case '0' -> stage.compare(name, constant(), constant(), TRUTH);
      case '#' -> stage.compare(name, INTEGERS, Tensor.ofInts(Shape.of(3), 1, 2, 4), FIXED);
      case 'N' -> stage.compare(name, REFERENCE, wave(Float.NaN), TRUTH);
      case '@' -> stage.compare(name, REFERENCE, REFERENCE.reshape(8, 16), TRUTH);
      case '-' -> stage.skip(name, "by hand");
      case '?' -> {}
      default -> throw new IllegalArgumentException(mark + name);
    }
  }

  private static Tensor constant() {
    return Tensor.ofFloats(SHAPE, new float[Math.toIntExact(SHAPE.elements())]);
  }

  private static Tensor wave(float error) {
    float[] values = new float[Math.toIntExact(SHAPE.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 0.37) + error * (float) Math.cos(i * 1.7);
    }
    return Tensor.ofFloats(SHAPE, values);
  }

  private static Tensor noise(float step, float size) {
    float[] values = new float[Math.toIntExact(SHAPE.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = size * (float) Math.cos(step + i * 2.3);
    }
    return Tensor.ofFloats(SHAPE, values);
  }
}
