package parity.harness.plan;

import java.util.List;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.SpokenTexts;
import parity.harness.capture.TensorNames;
import parity.harness.limits.Yardstick;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The text frontend: what the texts are normalised to, how they are cut, and the ids of what is
 * spoken. Where upstream had a normaliser, what that made of the texts is fed, and only the ids are
 * expected.
 *
 * @param normalises whether the texts are expected too
 */
public record TextPlan(SpokenTexts said, Mode mode, boolean normalises, StagePlan stage) {
  private static final String SEGMENTS = "segments#";

  /**
   * Plans.
   *
   * @throws Blocked if the capture lacks a text or its ids
   */
  public static TextPlan of(PlanContext context) {
    Capture capture = context.capture();
    Mode mode = capture.settings().mode();
    SpokenTexts said = said(capture, mode);
    Captured full = new Captured(capture.full().orElseThrow());
    long promptLength = mode == Mode.CROSS_LINGUAL ? 0 : Captured.ANY;
    Tensor promptIds = full.get(TensorNames.PROMPT_TEXT, DType.I32, 1, promptLength);
    Tensor textIds = full.get(TensorNames.TEXT, DType.I32, 1, Captured.ANY);
    boolean normalises = said.normaliser().filter(String::isEmpty).isPresent();

    StagePlan.Builder plan = new StagePlan.Builder();
    if (normalises) {
      plan.text(SpokenTexts.PROMPT, said.promptNormalized());
      List<String> segments = said.segments().orElse(List.of());
      for (int i = 0; i < segments.size(); i++) {
        plan.text(segment(i), segments.get(i));
      }
      plan.text(SpokenTexts.SEGMENT, said.segment());
    }
    plan.expect(Expectation.of(TensorNames.PROMPT_TEXT, Role.OUTPUT, promptIds, Yardstick.SAME));
    plan.expect(Expectation.of(TensorNames.TEXT, Role.OUTPUT, textIds, Yardstick.SAME));
    return new TextPlan(said, mode, normalises, plan.build());
  }

  /** What a segment of the text is called. */
  public static String segment(int index) {
    return SEGMENTS + index;
  }

  private static SpokenTexts said(Capture capture, Mode mode) {
    for (String name : SpokenTexts.required(mode)) {
      if (!capture.metadata().containsKey(name)) {
        throw new Blocked(
            "%s is missing from the metadata of %s; capture again".formatted(name, Capture.FULL));
      }
    }
    return SpokenTexts.of(capture.metadata(), mode);
  }
}
