package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.Metrics;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowOptions;
import parity.cosyvoice.model.CheckpointWeights;
import parity.cosyvoice.model.TapSink;
import parity.cosyvoice.random.RandomBuffers;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.report.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** Speech tokens to mel: {@code python_flow_output}, and every module on the way. */
final class FlowStage implements Stage {
  private static final String OUTPUT = "python_flow_output";
  private static final String NOISE = "rand_noise";

  @Override
  public List<String> modelFiles() {
    return List.of("flow.pt");
  }

  @Override
  public List<String> captureFiles() {
    return List.of(
        Capture.FRONTEND,
        Capture.FULL,
        "truth_outputs.safetensors",
        "taps_flow.safetensors",
        "truth_flow_cumulative.safetensors");
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    Capture capture = context.capture();
    FlowConfig config = context.config().flow();
    Captured full = new Captured(capture.full().orElseThrow());
    log.line("=== Flow Parity Test ===");

    PromptInputs prompt = PromptInputs.of(full, capture.frontend(), config);
    Tensor token = full.get("token", DType.I32, 1, Captured.ANY);
    Tensor noise = full.get(NOISE, DType.F32, 1, config.outputSize(), Captured.ANY);
    Tensor expected = full.get(OUTPUT, DType.F32, 1, config.outputSize(), Captured.ANY);
    FlowInput input =
        new FlowInput(
            token,
            prompt.token(),
            prompt.feat(),
            prompt.embedding(),
            capture.settings().streaming(),
            true);
    log.line(
        "token: %s, prompt_token: %s, prompt_feat: %s",
        token.shape(), prompt.token().shape(), prompt.feat().shape());
    log.line("embedding: %s, rand_noise: %s", prompt.embedding().shape(), noise.shape());

    prompt.expect(checks);
    full.expectTwin(checks, "token", "speech_tokens");
    checks.expect(NOISE, noise);
    Optional<TapComparison> taps =
        capture
            .taps(Part.FLOW)
            .map(files -> new TapComparison(files, checks, context, FixedLimits.FLOW));
    checks.expect(OUTPUT, expected);
    checks.begin();

    prompt.compare(checks);
    full.compareTwin(checks, "token", "speech_tokens");
    RandomBufferCheck.compare(
        log, checks, NOISE, noise, RandomBuffers.draw(context.config(), 0, arena).randNoise());
    requireLengths(config, token, prompt, expected);

    log.line("Loading Flow model from %s", "flow.pt");
    try (CheckpointWeights weights = CheckpointWeights.open(context.modelDir().resolve("flow.pt"));
        Flow flow =
            new Flow(
                config,
                weights,
                new FlowOptions(context.threads(), capture.settings().nTimesteps()))) {
      TapSink sink = taps.map(TapSink.class::cast).orElse(TapSink.NONE);
      Tensor mel = Blocked.ifRefused(() -> flow.inference(input, noise, sink, arena));
      log.line("generated_mel: %s", mel.shape());
      log.line("expected_mel: %s", expected.shape());
      new TruthOutputs(context).compare(checks, OUTPUT, expected, mel, FixedLimits.FLOW);
      say(log, expected, mel);
    }
  }

  private static void requireLengths(
      FlowConfig config, Tensor token, PromptInputs prompt, Tensor expected) {
    long frames =
        (prompt.token().elements() + token.elements()) * config.tokenMelRatio()
            - prompt.feat().shape().dim(1);
    if (frames != expected.shape().dim(2)) {
      throw new Blocked(
          "%s is %s, but token %s and prompt_token %s behind prompt_feat %s make %d frames; one of"
                  .formatted(
                      OUTPUT,
                      expected.shape(),
                      token.shape(),
                      prompt.token().shape(),
                      prompt.feat().shape(),
                      frames)
              + " them was cut");
    }
  }

  private static void say(StageLog log, Tensor expected, Tensor mel) {
    if (!expected.shape().equals(mel.shape())) {
      return;
    }
    Metrics metrics = Metrics.of(expected, mel);
    log.line("Max Diff: %.6f", metrics.maxAbs());
    log.line("Mean Diff: %.6f", metrics.meanAbs());
    log.line("Relative L2: %.3e", metrics.relativeL2());
    long lost = metrics.actualNonFinite().nan() + metrics.actualNonFinite().infinite();
    if (lost > 0) {
      log.line("FAIL: Output contains %d NaNs", lost);
    }
  }
}
