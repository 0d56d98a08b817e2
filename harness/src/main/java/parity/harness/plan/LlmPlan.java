package parity.harness.plan;

import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Part;
import parity.harness.capture.TensorNames;
import parity.harness.limits.FixedLimits;
import parity.harness.limits.Yardstick;
import parity.harness.plan.inputs.LlmInputs;
import parity.harness.plan.inputs.Sampled;
import parity.harness.plan.inputs.SeededDraws;
import parity.harness.plan.inputs.TokenInputs;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The language model, fed with the tokens that Python drew: logits of every step, every module; and
 * drawing by itself.
 *
 * @param logp log-probabilities of every step, float32 [steps, speech tokens]
 * @param sampled what Python drew from and drew, where that was captured
 */
public record LlmPlan(LlmInputs inputs, Tensor logp, Optional<Sampling> sampled, StagePlan stage) {
  /** The exponential numbers behind the choices. */
  public static final String DRAW = "sampling.draw";

  /** The step that a call of multinomial belongs to. */
  public static final String STEP = "sampling.step";

  /** How many a call chose from. */
  public static final String SIZE = "sampling.size";

  /** The weights of a call. */
  public static final String PROB = "sampling.prob";

  /** Which a call chose. */
  public static final String INDEX = "sampling.index";

  /** What a step returned. */
  public static final String TOKEN = "sampling.token";

  /** What a step returned when the native side draws by itself. */
  public static final String DRAWN = TOKEN + ".drawn";

  /**
   * What Python drew from and drew.
   *
   * @param draws the same numbers from the seed
   */
  public record Sampling(Sampled sampled, SeededDraws draws) {}

  /**
   * Plans.
   *
   * @throws parity.harness.capture.Blocked if the capture lacks a tensor, or has one of another
   *     form
   */
  public static LlmPlan of(PlanContext context) {
    Capture capture = context.capture();
    Captured full = new Captured(capture.full().orElseThrow());
    LlmInputs inputs = LlmInputs.of(capture, full, context.config().spkEmbedDim());
    Tensor logp = full.get(TensorNames.LLM_LOGP, DType.F32, Captured.ANY, Captured.ANY);
    Optional<Sampling> sampling =
        Sampled.of(capture, logp.shape().dim(0))
            .map(sampled -> new Sampling(sampled, SeededDraws.of(capture, sampled)));

    StagePlan.Builder plan = new StagePlan.Builder();
    plan.inputs(
        capture.full(),
        TensorNames.TEXT,
        TensorNames.PROMPT_TEXT,
        TensorNames.LLM_PROMPT_SPEECH_TOKEN,
        TensorNames.LLM_EMBEDDING,
        TensorNames.SPEECH_TOKENS);
    inputs
        .twins()
        .forEach((name, twin) ->
            plan.expect(Expectation.of(name, Role.GIVEN, twin.tensor(), Yardstick.SAME)));
    inputs.spoken().ifPresent(spoken -> expectTokens(plan, TensorNames.SPEECH_TOKENS, spoken));
    boolean tapped =
        Taps.expect(plan, context, Part.LLM, FixedLimits.LLM_MODULES, name -> Optional.empty());
    Yardstick by = Yardstick.by(FixedLimits.LLM);
    plan.expect(
        Expectation.of(TensorNames.LLM_LOGP, Role.OUTPUT, logp, by)
            .as(Kind.LOG_PROBABILITIES)
            .withControl());
    if (tapped) {
      plan.expect(Expectation.of(Unwatched.name(TensorNames.LLM_LOGP), Role.UNWATCHED, logp, by));
    }
    sampling.ifPresent(kept -> expectSampling(plan, kept));
    return new LlmPlan(inputs, logp, sampling, plan.build());
  }

  /** The tokens that are spoken must be what their origin comes to, if that was captured. */
  static void expectTokens(StagePlan.Builder plan, String name, TokenInputs spoken) {
    spoken
        .origin()
        .ifPresent(origin ->
            plan.expect(Expectation.of(name, Role.GIVEN, spoken.token(), Yardstick.SAME)));
  }

  private static void expectSampling(StagePlan.Builder plan, Sampling kept) {
    Sampled sampled = kept.sampled();
    kept.draws()
        .draw()
        .ifPresent(drawn ->
            plan.expect(
                Expectation.of(
                        DRAW,
                        Role.GIVEN,
                        sampled.draw(),
                        Yardstick.by(FixedLimits.logarithm(sampled.draw())))
                    .as(Kind.RANDOM)));
    plan.expect(Expectation.of(STEP, Role.GIVEN, sampled.step(), Yardstick.SAME));
    plan.expect(Expectation.of(SIZE, Role.GIVEN, sampled.size(), Yardstick.SAME));
    plan.expect(
        Expectation.of(PROB, Role.GIVEN, sampled.prob(), Yardstick.by(FixedLimits.PROBABILITIES)));
    plan.expect(Expectation.of(INDEX, Role.GIVEN, sampled.index(), Yardstick.SAME));
    plan.expect(Expectation.of(TOKEN, Role.GIVEN, sampled.token(), Yardstick.SAME));
    plan.expect(Expectation.of(DRAWN, Role.UNWATCHED, sampled.token(), Yardstick.SAME));
  }
}
