package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.scan.Metrics;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowOptions;
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

/** Speech tokens to mel: {@code python_flow_output}, and every module on the way. */
final class FlowStage implements Stage {
  /** The mel [1, 80, T]. */
  static final String OUTPUT = "python_flow_output";

  @Override
  public List<String> modelFiles() {
    return List.of("flow.pt");
  }

  @Override
  public List<String> captureFiles() {
    return Part.FLOW.with(
        Capture.FRONTEND,
        Capture.FULL,
        Capture.TRUTH_OUTPUTS,
        Capture.CHUNKS,
        Capture.TRUTH_CHUNKS);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    Captured full = new Captured(context.capture().full().orElseThrow());
    log.line("=== Flow Parity Test ===");

    FlowInputs inputs = FlowInputs.of(context, full);
    Tensor expected =
        full.get(OUTPUT, DType.F32, 1, context.config().flow().outputSize(), Captured.ANY);
    FlowRun run = run(context.capture(), inputs, expected);
    inputs.say(log);
    if (context.module().isPresent()) {
      TapFiles files = OneModule.expect(Part.FLOW, context.module().get(), checks, context);
      checks.begin();
      try (CheckpointWeights weights = ModelWeights.flow(context.modelDir(), context.config())) {
        alone(context, run).judgeOnly(files, weights, context, checks);
      }
      return;
    }

    inputs.expect(checks);
    run.expectInputs(checks);
    Optional<TapComparison> taps =
        TapComparison.of(Part.FLOW, checks, context, FixedLimits.FLOW_MODULES);
    run.expectOutputs(checks);
    Optional<TapComparison> untapped = taps.filter(taken -> context.scope().includes(Scope.ALL));
    untapped.ifPresent(taken -> run.expectUntapped(checks));
    checks.begin();
    inputs.compare(checks, arena);
    run.compareInputs(checks);
    log.line("Loading Flow model from %s", "flow.pt");
    try (CheckpointWeights weights = ModelWeights.flow(context.modelDir(), context.config())) {
      try (Flow flow = flow(context, weights)) {
        run.compare(flow, taps.map(TapSink.class::cast).orElse(TapSink.NONE), checks, arena);
        untapped.ifPresent(taken -> run.compareUntapped(flow, checks, arena));
      }
      taps.ifPresent(taken -> alone(context, run).judge(taken, weights, context, checks));
    }
  }

  private static Alone alone(StageContext context, FlowRun run) {
    return Alone.of(
        Part.FLOW,
        FixedLimits.FLOW_MODULES,
        Controls.FLOW,
        (weights, taker) -> {
          try (Flow flow = flow(context, weights)) {
            taker.take((reference, sink) -> run.replay(flow, reference, sink));
          }
        });
  }

  private static Flow flow(StageContext context, Weights weights) {
    return new Flow(
        context.config().flow(), context.nativeSide().alter().apply(weights), options(context));
  }

  private static FlowRun run(Capture capture, FlowInputs inputs, Tensor expected) {
    return Chunks.of(capture)
        .<FlowRun>map(chunks -> FlowChunks.of(inputs, chunks, expected))
        .orElseGet(() -> new FlowWhole(inputs, capture.settings().streaming(), expected));
  }

  private static FlowOptions options(StageContext context) {
    return new FlowOptions(
        context.nativeSide().engine(), context.capture().settings().nTimesteps());
  }

  /** Says how long a mel is, and how far it is off. */
  static void say(StageLog log, Tensor expected, Tensor mel) {
    log.line("generated_mel: %s", mel.shape());
    log.line("expected_mel: %s", expected.shape());
    if (!expected.shape().equals(mel.shape())) {
      return;
    }
    Metrics metrics = Metrics.measure(expected, mel);
    log.line("Max Diff: %.6f", metrics.maxAbs());
    log.line("Mean Diff: %.6f", metrics.meanAbs());
    log.line("Relative L2: %.3e", metrics.relativeL2());
    long lost = metrics.actualNonFinite().nan() + metrics.actualNonFinite().infinite();
    if (lost > 0) {
      log.line("FAIL: Output contains %d NaNs", lost);
    }
  }
}
