package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowStream;
import parity.cosyvoice.flow.LastChunk;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The flow is called for every chunk of a streaming run, each time with all tokens so far
 * (cli/model.py:331-388, 423-446).
 *
 * @param expected {@code python_flow_output} [1, 80, T], of each chunk the end that is new
 */
record FlowChunks(FlowInputs inputs, Chunks chunks, ScheduleCheck schedule, Tensor expected)
    implements FlowRun {
  private static final String MASK = "attn_mask";

  static FlowChunks of(FlowInputs inputs, Chunks chunks, Tensor expected) {
    return new FlowChunks(inputs, chunks, ScheduleCheck.of(inputs, chunks), expected);
  }

  private Tensor token(int chunk) {
    return chunks.get("token", chunk, DType.I32, 1, Captured.ANY);
  }

  private Tensor mel(int chunk) {
    int channels = inputs.config().outputSize();
    return chunks.get(FlowStage.OUTPUT, chunk, DType.F32, 1, channels, Captured.ANY);
  }

  @Override
  public void expectInputs(Checks checks) {
    schedule.expect(checks);
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      checks.expect(
          Chunks.name(MASK, chunk),
          chunks.get(MASK, chunk, DType.BOOL, Captured.ANY, Captured.ANY));
    }
  }

  @Override
  public void expectOutputs(Checks checks) {
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      checks.expect(Chunks.name(FlowStage.OUTPUT, chunk), mel(chunk));
    }
    checks.expect(FlowStage.OUTPUT, expected);
  }

  @Override
  public void compareInputs(Checks checks) {
    schedule.compare(checks);
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      String name = Chunks.name(FlowStage.OUTPUT, chunk);
      inputs.requireLength(name, mel(chunk), token(chunk), chunks.isFinal(chunk));
    }
  }

  @Override
  public void expectUntapped(Checks checks) {
    checks.expect(Untapped.name(FlowStage.OUTPUT), expected);
  }

  /** As synthesis does: of every chunk, only what is new is computed. */
  @Override
  public void compareUntapped(Flow flow, Checks checks, Arena arena) {
    int ratio = inputs.config().tokenMelRatio();
    List<Tensor> fresh = new ArrayList<>();
    boolean whole = !chunks.streaming(chunks.count() - 1);
    try (FlowStream stream = inputs.stream(flow, whole ? LastChunk.WHOLE : LastChunk.BLOCKS)) {
      for (int i = 0; i < chunks.count(); i++) {
        int chunk = i;
        fresh.add(Blocked.ifRefused(() -> stream.add(token(chunk), chunks.isFinal(chunk), arena)));
        Joined.requireEnd(
            Chunks.name(FlowStage.OUTPUT, chunk),
            mel(chunk),
            fresh.getLast(),
            chunks.tokenOffset(chunk) * ratio);
      }
    }
    Tensor mel = Joined.of(FlowStage.OUTPUT, fresh, chunk -> 0, arena);
    Untapped.compare(inputs.context(), checks, FlowStage.OUTPUT, expected, mel, FixedLimits.FLOW);
    inputs
        .context()
        .log()
        .line("in chunks, nothing computed twice: SNR %s dB", Untapped.snr(expected, mel));
  }

  private Tensor joined(List<Tensor> mels, Arena arena) {
    int ratio = inputs.config().tokenMelRatio();
    return Joined.of(FlowStage.OUTPUT, mels, chunk -> chunks.tokenOffset(chunk) * ratio, arena);
  }

  private FlowInput input(int chunk) {
    return inputs.of(token(chunk), chunks.streaming(chunk), chunks.isFinal(chunk));
  }

  @Override
  public void replay(Flow flow, TapSource reference, TapSink sink) {
    int steps = inputs.context().capture().settings().nTimesteps();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      LaterCalls later = LaterCalls.ofFlow(chunk, steps);
      try (Arena own = Arena.ofConfined()) {
        flow.replay(input(chunk), inputs.noise(), later.of(reference), later.of(sink), own);
      }
    }
  }

  @Override
  public void compare(Flow flow, TapSink sink, Checks checks, Arena arena) {
    StageLog log = inputs.context().log();
    int steps = inputs.context().capture().settings().nTimesteps();
    TruthFile truth = TruthFile.ofChunks(inputs.context());
    List<Tensor> mels = new ArrayList<>();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      FlowInput input = input(chunk);
      log.line(
          "chunk %d: %d tokens from %d on, streaming %s, final %s",
          chunk,
          token(chunk).elements(),
          chunks.tokenOffset(chunk),
          input.streaming(),
          input.isFinal());
      compareMask(flow, input, chunk, checks);
      TapSink later = LaterCalls.ofFlow(chunk, steps).of(sink);
      Tensor mel = Blocked.ifRefused(() -> flow.inference(input, inputs.noise(), later, arena));
      String name = Chunks.name(FlowStage.OUTPUT, chunk);
      truth.compare(checks, name, mel(chunk), mel, FixedLimits.FLOW);
      FlowStage.say(log, mel(chunk), mel);
      mels.add(mel);
    }
    Tensor joined = joined(mels, arena);
    log.line("all chunks:");
    TruthFile.ofOutputs(inputs.context())
        .compareAndControl(
            checks, FlowStage.OUTPUT, FlowStage.OUTPUT, expected, joined, FixedLimits.FLOW);
    FlowStage.say(log, expected, joined);
    checks.exhibits().mel(FlowStage.OUTPUT, expected, joined);
  }

  private void compareMask(Flow flow, FlowInput input, int chunk, Checks checks) {
    try (Arena own = Arena.ofConfined()) {
      Tensor mask = flow.attentionMask(input, own);
      Tensor captured = chunks.get(MASK, chunk, DType.BOOL, Captured.ANY, Captured.ANY);
      checks.equal(Chunks.name(MASK, chunk), captured, mask);
    }
  }
}
