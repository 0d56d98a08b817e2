package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The language model, fed with the tokens that Python drew: logits of every step, every module; and
 * drawing by itself.
 */
final class LlmStage implements Stage {
  static final String LOGP = "llm_logp";

  @Override
  public List<String> modelFiles() {
    return List.of("llm.pt");
  }

  @Override
  public List<String> captureFiles() {
    return Part.LLM.with(Capture.FULL, Capture.SAMPLING);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    Capture capture = context.capture();
    Captured full = new Captured(capture.full().orElseThrow());
    log.line("=== LLM Parity Test ===");

    LlmInputs inputs = LlmInputs.of(capture, full, context.config().spkEmbedDim());
    Tensor logp = full.get(LOGP, DType.F32, Captured.ANY, Captured.ANY);
    log.line(
        "prompt_text: %s, text: %s, llm_prompt_speech_token: %s, speech_tokens: %s, llm_logp: %s",
        inputs.promptText().shape(),
        inputs.text().shape(),
        inputs.promptSpeech().shape(),
        inputs.tokens().shape(),
        logp.shape());

    long steps = logp.shape().dim(0);
    if (context.module().isPresent()) {
      TapFiles files = OneModule.expect(Part.LLM, context.module().get(), checks, context);
      checks.begin();
      try (CheckpointWeights weights =
          ModelWeights.llm(context.modelDir(), ModelWeights.LLM, context.config())) {
        alone(context, inputs, steps).judgeOnly(files, weights, context, checks);
      }
      return;
    }
    inputs.expect(checks);
    Optional<TapComparison> taps =
        TapComparison.of(Part.LLM, checks, context, FixedLimits.LLM_MODULES);
    checks.expect(LOGP, logp);
    Optional<TapComparison> untapped = taps.filter(taken -> context.scope().includes(Scope.ALL));
    untapped.ifPresent(taken -> checks.expect(Untapped.name(LOGP), logp));
    Optional<SamplingCheck> sampling = SamplingCheck.of(context, inputs, logp);
    sampling.ifPresent(check -> check.expect(checks));
    boolean draws = context.scope().includes(Scope.ALL);
    sampling.filter(check -> draws).ifPresent(check -> DrawnTokens.expect(checks, check));
    checks.begin();
    inputs.compare(checks);
    sampling.ifPresent(check -> check.compare(log, checks));
    log.line("Loading LLM from llm.pt");
    try (CheckpointWeights weights =
        ModelWeights.llm(context.modelDir(), ModelWeights.LLM, context.config())) {
      try (Llm llm = llm(context, weights)) {
        TapSink sink = taps.map(TapSink.class::cast).orElse(TapSink.NONE);
        Tensor actual =
            Blocked.ifRefused(
                () -> llm.forced(inputs.prompt(), inputs.tokens(), steps, sink, arena));
        Verdict verdict = checks.compareAndControl(LOGP, logp, actual, FixedLimits.LLM);
        say(log, logp, actual);
        untapped.ifPresent(taken -> {
          Tensor plain = llm.forced(inputs.prompt(), inputs.tokens(), steps, arena);
          checks.compare(Untapped.name(LOGP), logp, plain, FixedLimits.LLM);
        });
        sampling
            .filter(check -> draws)
            .ifPresent(check -> draw(context, checks, llm, inputs.prompt(), verdict, check));
      }
      taps.ifPresent(taken -> alone(context, inputs, steps).judge(taken, weights, context, checks));
    }
  }

  private static void draw(
      StageContext context,
      Checks checks,
      Llm llm,
      LlmPrompt prompt,
      Verdict logp,
      SamplingCheck check) {
    if (logp.status() == Status.PASS) {
      DrawnTokens.of(llm, prompt, check)
          .compare(checks, check, step -> TokenMargin.floor(context, check.logp(), step));
    } else {
      DrawnTokens.skip(checks, "llm_logp is wrong, and so is what would be drawn from it");
    }
  }

  private static void say(StageLog log, Tensor logp, Tensor actual) {
    if (logp.shape().equals(actual.shape())) {
      Metrics metrics = Metrics.measure(logp, actual);
      log.line(
          "llm_logp: max_diff=%.3e, mean_diff=%.3e, relative L2 %.3e over %d steps, %.3e in the worst",
          metrics.maxAbs(),
          metrics.meanAbs(),
          metrics.relativeL2(),
          logp.shape().dim(0),
          worstStep(logp, actual));
    }
  }

  private static double worstStep(Tensor logp, Tensor actual) {
    double worst = 0;
    for (long step = 0; step < logp.shape().dim(0); step++) {
      Metrics metrics = Metrics.measure(Rows.row(logp, step), Rows.row(actual, step));
      worst = Math.max(worst, metrics.relativeL2());
    }
    return worst;
  }

  private static Alone alone(StageContext context, LlmInputs inputs, long steps) {
    return Alone.of(
        Part.LLM,
        FixedLimits.LLM_MODULES,
        Controls.LLM,
        (weights, taker) -> {
          try (Llm llm = llm(context, weights)) {
            taker.take(rerun(llm, inputs, steps));
          }
        });
  }

  private static Rerun rerun(Llm llm, LlmInputs inputs, long steps) {
    return (reference, sink) -> {
      try (Arena own = Arena.ofConfined()) {
        llm.replay(inputs.prompt(), inputs.tokens(), steps, reference, sink, own);
      }
    };
  }

  private static Llm llm(StageContext context, Weights weights) {
    return new Llm(
        context.config().llm(),
        Qwen2ConfigReader.read(context.modelDir()),
        context.nativeSide().alter().apply(weights),
        context.nativeSide().engine());
  }
}
