package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Blocked;
import parity.harness.capture.Part;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.Unwatched;
import parity.harness.plan.inputs.LlmInputs;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Rerun;
import parity.harness.port.Scope;
import parity.harness.sampling.DrawnTokens;
import parity.harness.sampling.SamplingCheck;
import parity.harness.sampling.SamplingReplay;
import parity.harness.sampling.TokenMargin;
import parity.tensors.Tensor;

/** The language model: fed with Python's tokens, and drawing by itself. */
public final class JavaLlm extends JavaPart {
  private final LlmPlan plan;

  /** Of a capture's prompt and tokens. */
  public JavaLlm(PortContext context, NativeSide nativeSide, Scope scope, LlmPlan plan) {
    super(context, nativeSide, scope);
    this.plan = plan;
  }

  @Override
  public void run(Answers answers, Arena arena) {
    StageLog log = context.log();
    LlmInputs inputs = plan.inputs();
    log.line("=== LLM Parity Test ===");
    log.line(
        "prompt_text: %s, text: %s, llm_prompt_speech_token: %s, speech_tokens: %s, llm_logp: %s",
        inputs.promptText().shape(),
        inputs.text().shape(),
        inputs.promptSpeech().shape(),
        inputs.tokens().shape(),
        plan.logp().shape());
    inputs.twins().forEach((name, twin) -> answers.tensor(name, twin.other()));
    inputs.spoken().ifPresent(spoken -> Given.tokens(TensorNames.SPEECH_TOKENS, spoken, answers));
    Optional<SamplingCheck> sampling =
        plan.sampled()
            .map(sampled ->
                SamplingCheck.of(
                    sampled,
                    TokenSampling.of(context.config().llm(), inputs.text().elements()),
                    plan.logp()));
    sampling.ifPresent(check -> sample(check, answers));
    log.line("Loading LLM from %s", ModelWeights.LLM);
    try (Llm llm = llm(weights())) {
      TapSink taps = TapAnswers.of(context.capture(), Part.LLM, answers);
      Tensor logp =
          Blocked.ifRefused(() -> llm.forced(prompt(), inputs.tokens(), steps(), taps, arena));
      boolean right = answers.tensor(TensorNames.LLM_LOGP, logp);
      String unwatched = Unwatched.name(TensorNames.LLM_LOGP);
      if (answers.wants(unwatched)) {
        answers.tensor(unwatched, llm.forced(prompt(), inputs.tokens(), steps(), arena));
      }
      sampling
          .filter(check -> answers.wants(LlmPlan.DRAWN))
          .ifPresent(check -> draw(llm, check, right, answers));
    }
  }

  private static void sample(SamplingCheck check, Answers answers) {
    check
        .draws()
        .draw()
        .ifPresentOrElse(
            drawn -> answers.tensor(LlmPlan.DRAW, drawn),
            () ->
                answers.note(
                    "sampling.draw: these are not the numbers that PyTorch draws on x86; Python's"
                        + " own are replayed"));
    SamplingReplay.sample(check).answer(answers);
  }

  private void draw(Llm llm, SamplingCheck check, boolean right, Answers answers) {
    if (right) {
      DrawnTokens.draw(llm, prompt(), check)
          .answer(answers, check, step -> TokenMargin.floor(context.capture(), check.logp(), step));
    } else {
      answers.skip(LlmPlan.DRAWN, "llm_logp is wrong, and so is what would be drawn from it");
    }
  }

  private long steps() {
    return plan.logp().shape().dim(0);
  }

  /** As the model takes it. */
  private LlmPrompt prompt() {
    LlmInputs inputs = plan.inputs();
    return Blocked.ifRefused(
        () -> new LlmPrompt(inputs.promptText(), inputs.text(), inputs.promptSpeech()));
  }

  @Override
  CheckpointWeights openWeights() {
    return ModelWeights.llm(context.modelDir(), ModelWeights.LLM, context.config());
  }

  @Override
  public void open(Weights altered, Rerun.Taker taker) {
    try (Llm llm = llm(altered)) {
      taker.take((reference, sink) -> {
        try (Arena own = Arena.ofConfined()) {
          llm.replay(prompt(), plan.inputs().tokens(), steps(), reference, sink, own);
        }
      });
    }
  }

  private Llm llm(Weights from) {
    return new Llm(
        context.config().llm(),
        Qwen2ConfigReader.read(context.modelDir()),
        nativeSide.alter().apply(from),
        nativeSide.engine());
  }
}
