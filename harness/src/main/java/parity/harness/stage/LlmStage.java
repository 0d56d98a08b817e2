package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.Metrics;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.Qwen2ConfigReader;
import parity.cosyvoice.model.CheckpointWeights;
import parity.cosyvoice.model.TapSink;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.report.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** The language model, fed with the tokens that Python drew: logits of every step, every module. */
final class LlmStage implements Stage {
  private static final String LOGP = "llm_logp";

  @Override
  public List<String> modelFiles() {
    return List.of("llm.pt");
  }

  @Override
  public List<String> captureFiles() {
    return List.of(Capture.FULL, "taps_llm.safetensors", "truth_llm_cumulative.safetensors");
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

    inputs.expect(checks);
    Optional<TapComparison> taps =
        TapComparison.of(Part.LLM, checks, context, FixedLimits.LLM_MODULES);
    checks.expect(LOGP, logp);
    checks.begin();

    inputs.compare(checks);
    log.line("Loading LLM from llm.pt");
    try (CheckpointWeights weights = CheckpointWeights.open(context.modelDir().resolve("llm.pt"));
        Llm llm =
            new Llm(
                context.config().llm(),
                Qwen2ConfigReader.read(context.modelDir()),
                weights,
                context.threads())) {
      TapSink sink = taps.map(TapSink.class::cast).orElse(TapSink.NONE);
      LlmPrompt prompt = inputs.prompt();
      long steps = logp.shape().dim(0);
      Tensor actual =
          Blocked.ifRefused(() -> llm.forced(prompt, inputs.tokens(), steps, sink, arena));
      checks.compare(LOGP, logp, actual, FixedLimits.LLM);
      if (logp.shape().equals(actual.shape())) {
        Metrics metrics = Metrics.of(logp, actual);
        log.line(
            "llm_logp: max_diff=%.3e, mean_diff=%.3e, relative L2 %.3e over %d steps",
            metrics.maxAbs(), metrics.meanAbs(), metrics.relativeL2(), logp.shape().dim(0));
      }
    }
  }
}
