package parity.harness.plan;

import java.util.List;
import java.util.function.Supplier;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.harness.limits.FixedLimits;
import parity.harness.limits.Yardstick;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * From text and recording to waveform, nothing taken from Python but the seed: the tokens must be
 * Python's, and the sound as near to it as Python's own rounding allows.
 */
public final class EndToEndPlan {
  private EndToEndPlan() {}

  /**
   * Plans.
   *
   * @param rounding asked when sound is farther off than Python's own rounding took it
   * @throws parity.harness.capture.Blocked if the capture lacks a tensor
   */
  public static StagePlan of(PlanContext context, Supplier<MelRounding> rounding) {
    Capture capture = context.capture();
    Captured full = new Captured(capture.full().orElseThrow());
    Tensor token = full.get(TensorNames.TOKEN, DType.I32, 1, Captured.ANY);
    List<HeardChunk> heard = HeardChunk.all(capture, full, context.arena());
    StagePlan.Builder plan = new StagePlan.Builder();
    plan.expect(Expectation.of(TensorNames.TOKEN, Role.OUTPUT, token, Yardstick.SAME));
    Tensor mel =
        full.get(
            TensorNames.FLOW_OUTPUT,
            DType.F32,
            1,
            context.config().hift().inChannels(),
            Captured.ANY);
    plan.expect(
        Expectation.of(TensorNames.FLOW_OUTPUT, Role.OUTPUT, mel, Yardstick.by(FixedLimits.FLOW))
            .as(Kind.MEL));
    for (HeardChunk chunk : heard) {
      Expectation expectation =
          Expectation.of(
                  chunk.name(), Role.OUTPUT, chunk.audio(), chunk.yardstick(capture, rounding))
              .as(Kind.HEARD);
      plan.expect(chunk.chunk().isEmpty() ? expectation.withControl() : expectation);
    }
    return plan.build();
  }
}
