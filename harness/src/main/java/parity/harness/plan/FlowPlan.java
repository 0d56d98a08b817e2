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
 * @param mel of the utterance, [1, 80, T]
 */
public record FlowPlan(
    FlowInputs inputs,
    List<FlowCall> calls,
    List<Tensor> mels,
    boolean streamed,
    Tensor mel,
    StagePlan stage) {
  /** The mel [1, 80, T]. */
  public static final String OUTPUT = "python_flow_output";

  /** What is seen of which frame in a streaming run, bool [T, T]. */
  public static final String MASK = "attn_mask";

  /** The tokens that are spoken. */
  public static final String TOKEN = "token";

  /** int32 [C]: how many tokens a chunk speaks at least. */
  public static final String TOKEN_HOP_LEN = "token_hop_len";

  /** bool [C]: whether a chunk is one of several. */
  public static final String STREAMING = "streaming";

  /** bool [C]: whether a chunk is the last. */
  public static final String FINALIZE = "finalize";

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
    Tensor mel = full.get(OUTPUT, DType.F32, 1, channels, Captured.ANY);
    Optional<Chunks> chunks = Chunks.of(capture);
    List<FlowCall> calls =
        chunks.map(FlowPlan::calls).orElseGet(() -> List.of(whole(context, inputs)));
    List<Tensor> mels =
        chunks
            .map(each -> each.all(OUTPUT, DType.F32, 1, channels, Captured.ANY))
            .orElse(List.of(mel));

    StagePlan.Builder plan = new StagePlan.Builder();
    plan.inputs(
        capture.full(), TOKEN, "prompt_token", "prompt_feat", "embedding", FlowInputs.NOISE);
    plan.inputs(capture.chunks(), TOKEN, Chunks.TOKEN_OFFSET, TOKEN_HOP_LEN, STREAMING, FINALIZE);
    expectInputs(plan, inputs);
    chunks.ifPresent(each -> expectSchedule(plan, each));
    boolean tapped =
        Taps.expect(plan, context, Part.FLOW, FixedLimits.FLOW_MODULES, name -> Optional.empty());
    if (chunks.isPresent()) {
      Truths truths = Truths.ofChunks(capture, context.limits());
      for (int i = 0; i < mels.size(); i++) {
        String name = Chunks.name(OUTPUT, i);
        plan.expect(
            Expectation.of(name, Role.OUTPUT, mels.get(i), truths.of(name, FixedLimits.FLOW))
                .as(Kind.MEL));
      }
    }
    Yardstick by = Truths.ofOutputs(capture, context.limits()).of(OUTPUT, FixedLimits.FLOW);
    plan.expect(Expectation.of(OUTPUT, Role.OUTPUT, mel, by).as(Kind.MEL).withControl());
    if (tapped) {
      plan.expect(Expectation.of(Unwatched.name(OUTPUT), Role.UNWATCHED, mel, by));
    }
    return new FlowPlan(inputs, calls, mels, chunks.isPresent(), mel, plan.build());
  }

  private static FlowCall whole(PlanContext context, FlowInputs inputs) {
    boolean streaming = context.capture().settings().streaming();
    return new FlowCall(0, inputs.spoken().token(), streaming, true, 0);
  }

  private static List<FlowCall> calls(Chunks chunks) {
    List<FlowCall> calls = new ArrayList<>();
    for (int i = 0; i < chunks.count(); i++) {
      Tensor token = chunks.get(TOKEN, i, DType.I32, 1, Captured.ANY);
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
          expectGiven(plan, "prompt_token", inputs.prompt().token());
          expectGiven(plan, "prompt_feat", inputs.prompt().feat());
          expectGiven(plan, "embedding", inputs.prompt().embedding());
        });
    LlmPlan.expectTokens(plan, TOKEN, inputs.spoken());
    plan.expect(
        Expectation.of(
                FlowInputs.NOISE, Role.GIVEN, inputs.noise(), Yardstick.by(FixedLimits.RANDOM))
            .as(Kind.RANDOM));
  }

  /** Upstream's schedule follows from how many tokens there are. */
  private static void expectSchedule(StagePlan.Builder plan, Chunks chunks) {
    Map<String, DType> tables = new LinkedHashMap<>();
    tables.put(Chunks.TOKEN_OFFSET, DType.I32);
    tables.put(TOKEN_HOP_LEN, DType.I32);
    tables.put(STREAMING, DType.BOOL);
    tables.put(FINALIZE, DType.BOOL);
    tables.forEach((name, dtype) -> expectGiven(plan, name, chunks.table(name, dtype)));
    for (int i = 0; i < chunks.count(); i++) {
      expectGiven(plan, Chunks.name(TOKEN, i), chunks.get(TOKEN, i, DType.I32, 1, Captured.ANY));
    }
    for (int i = 0; i < chunks.count(); i++) {
      expectGiven(
          plan, Chunks.name(MASK, i), chunks.get(MASK, i, DType.BOOL, Captured.ANY, Captured.ANY));
    }
  }

  private static void expectGiven(StagePlan.Builder plan, String name, Tensor tensor) {
    plan.expect(Expectation.of(name, Role.GIVEN, tensor, Yardstick.SAME));
  }
}
