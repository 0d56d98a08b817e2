package parity.harness.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Chunks;
import parity.harness.capture.Part;
import parity.harness.capture.TensorNames;
import parity.harness.limits.FixedLimits;
import parity.harness.limits.Truths;
import parity.harness.limits.Yardstick;
import parity.harness.plan.inputs.FlowCall;
import parity.harness.plan.inputs.FlowInputs;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Speech tokens to mel: {@code python_flow_output}, and every module on the way.
 *
 * @param calls of the flow: one, or one a chunk
 * @param mels what upstream returned in each call, [1, 80, T]
 * @param streamed whether the calls are those of a streaming run
 */
public record FlowPlan(
    FlowInputs inputs, List<FlowCall> calls, List<Tensor> mels, boolean streamed, StagePlan stage) {
  /**
   * Plans.
   *
   * @throws parity.harness.capture.Blocked if the capture lacks a tensor, or has one of another
   *     form
   */
  public static FlowPlan of(PlanContext context) {
    Capture capture = context.capture();
    Captured full = new Captured(capture.full().orElseThrow());
    FlowInputs inputs = FlowInputs.of(capture, full, context.config().flow());
    int channels = inputs.config().outputSize();
    Tensor mel = full.get(TensorNames.FLOW_OUTPUT, DType.F32, 1, channels, Captured.ANY);
    Optional<Chunks> chunks = Chunks.of(capture);
    List<FlowCall> calls =
        chunks.map(FlowPlan::calls).orElseGet(() -> List.of(whole(context, inputs)));
    List<Tensor> mels =
        chunks
            .map(each -> each.all(TensorNames.FLOW_OUTPUT, DType.F32, 1, channels, Captured.ANY))
            .orElse(List.of(mel));

    StagePlan.Builder plan = new StagePlan.Builder();
    plan.inputs(
        capture.full(),
        TensorNames.TOKEN,
        TensorNames.PROMPT_TOKEN,
        TensorNames.PROMPT_FEAT,
        TensorNames.EMBEDDING,
        TensorNames.RAND_NOISE);
    plan.inputs(
        capture.chunks(),
        TensorNames.TOKEN,
        TensorNames.TOKEN_OFFSET,
        TensorNames.TOKEN_HOP_LEN,
        TensorNames.STREAMING,
        TensorNames.FINALIZE);
    expectInputs(plan, inputs);
    chunks.ifPresent(each -> expectSchedule(plan, each));
    boolean tapped =
        Taps.expect(plan, context, Part.FLOW, FixedLimits.FLOW_MODULES, name -> Optional.empty());
    if (chunks.isPresent()) {
      Truths truths = Truths.ofChunks(capture, context.limits());
      for (int i = 0; i < mels.size(); i++) {
        String name = TensorNames.ofChunk(TensorNames.FLOW_OUTPUT, i);
        plan.expect(
            Expectation.of(name, Role.OUTPUT, mels.get(i), truths.of(name, FixedLimits.FLOW))
                .as(Kind.MEL));
      }
    }
    Yardstick by =
        Truths.ofOutputs(capture, context.limits()).of(TensorNames.FLOW_OUTPUT, FixedLimits.FLOW);
    plan.expect(
        Expectation.of(TensorNames.FLOW_OUTPUT, Role.OUTPUT, mel, by).as(Kind.MEL).withControl());
    if (tapped) {
      plan.expect(Expectation.of(Unwatched.name(TensorNames.FLOW_OUTPUT), Role.UNWATCHED, mel, by));
    }
    return new FlowPlan(inputs, calls, mels, chunks.isPresent(), plan.build());
  }

  private static FlowCall whole(PlanContext context, FlowInputs inputs) {
    boolean streaming = context.capture().settings().streaming();
    return new FlowCall(0, inputs.spoken().token(), streaming, true, 0);
  }

  private static List<FlowCall> calls(Chunks chunks) {
    List<FlowCall> calls = new ArrayList<>();
    for (int i = 0; i < chunks.count(); i++) {
      Tensor token = chunks.get(TensorNames.TOKEN, i, DType.I32, 1, Captured.ANY);
      calls.add(
          new FlowCall(i, token, chunks.streaming(i), chunks.isFinal(i), chunks.tokenOffset(i)));
    }
    return calls;
  }

  private static void expectInputs(StagePlan.Builder plan, FlowInputs inputs) {
    inputs
        .prompt()
        .recorded()
        .ifPresent(recorded -> {
          expectGiven(plan, TensorNames.PROMPT_TOKEN, inputs.prompt().token());
          expectGiven(plan, TensorNames.PROMPT_FEAT, inputs.prompt().feat());
          expectGiven(plan, TensorNames.EMBEDDING, inputs.prompt().embedding());
        });
    LlmPlan.expectTokens(plan, TensorNames.TOKEN, inputs.spoken());
    plan.expect(
        Expectation.of(
                TensorNames.RAND_NOISE,
                Role.GIVEN,
                inputs.noise(),
                Yardstick.by(FixedLimits.RANDOM))
            .as(Kind.RANDOM));
  }

  /** Upstream's schedule follows from how many tokens there are. */
  private static void expectSchedule(StagePlan.Builder plan, Chunks chunks) {
    Map<String, DType> tables = new LinkedHashMap<>();
    tables.put(TensorNames.TOKEN_OFFSET, DType.I32);
    tables.put(TensorNames.TOKEN_HOP_LEN, DType.I32);
    tables.put(TensorNames.STREAMING, DType.BOOL);
    tables.put(TensorNames.FINALIZE, DType.BOOL);
    tables.forEach((name, dtype) -> expectGiven(plan, name, chunks.table(name, dtype)));
    for (int i = 0; i < chunks.count(); i++) {
      expectGiven(
          plan,
          TensorNames.ofChunk(TensorNames.TOKEN, i),
          chunks.get(TensorNames.TOKEN, i, DType.I32, 1, Captured.ANY));
    }
    for (int i = 0; i < chunks.count(); i++) {
      expectGiven(
          plan,
          TensorNames.ofChunk(TensorNames.ATTN_MASK, i),
          chunks.get(TensorNames.ATTN_MASK, i, DType.BOOL, Captured.ANY, Captured.ANY));
    }
  }

  private static void expectGiven(StagePlan.Builder plan, String name, Tensor tensor) {
    plan.expect(Expectation.of(name, Role.GIVEN, tensor, Yardstick.SAME));
  }
}
