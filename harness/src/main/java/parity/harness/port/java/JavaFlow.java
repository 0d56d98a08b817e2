package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowOptions;
import parity.cosyvoice.flow.FlowStream;
import parity.cosyvoice.flow.LastChunk;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Blocked;
import parity.harness.capture.Part;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.harness.plan.FlowPlan;
import parity.harness.plan.Unwatched;
import parity.harness.plan.inputs.FlowCall;
import parity.harness.plan.inputs.FlowInputs;
import parity.harness.plan.inputs.PromptInputs;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Rerun;
import parity.harness.port.Scope;
import parity.tensors.Tensor;

/** Flow: speech tokens to mel, at once or chunk by chunk. */
public final class JavaFlow extends JavaPart {
  private final FlowPlan plan;

  /** Of a capture's tokens and prompt. */
  public JavaFlow(PortContext context, NativeSide nativeSide, Scope scope, FlowPlan plan) {
    super(context, nativeSide, scope);
    this.plan = plan;
  }

  @Override
  public void run(Answers answers, Arena arena) {
    StageLog log = context.log();
    FlowInputs inputs = plan.inputs();
    PromptInputs prompt = inputs.prompt();
    log.line("=== Flow Parity Test ===");
    log.line(
        "token: %s, prompt_token: %s, prompt_feat: %s",
        inputs.spoken().token().shape(), prompt.token().shape(), prompt.feat().shape());
    log.line("embedding: %s, rand_noise: %s", prompt.embedding().shape(), inputs.noise().shape());
    Given.prompt(prompt, answers);
    Given.tokens(TensorNames.TOKEN, inputs.spoken(), answers);
    answers.tensor(
        TensorNames.RAND_NOISE, RandomBuffers.draw(context.config(), 0, arena).randNoise());
    if (plan.streamed()) {
      Given.schedule(inputs, plan.calls().size(), answers);
    }
    plan.calls().forEach(call -> inputs.requireLength(name(call), mel(call), call));
    log.line("Loading Flow model from %s", ModelWeights.FLOW);
    try (Flow flow = flow(weights())) {
      run(flow, answers, arena);
      String unwatched = Unwatched.name(TensorNames.FLOW_OUTPUT);
      if (answers.wants(unwatched)) {
        answers.tensor(unwatched, plan.streamed() ? streamed(flow, arena) : whole(flow, arena));
      }
    }
  }

  private void run(Flow flow, Answers answers, Arena arena) {
    TapSink taps = TapAnswers.of(context.capture(), Part.FLOW, answers);
    List<Tensor> mels = new ArrayList<>();
    for (FlowCall call : plan.calls()) {
      FlowInput input = input(call);
      if (plan.streamed()) {
        say(call);
        answerMask(flow, input, call, answers);
      }
      TapSink later = later(call).of(taps);
      Tensor mel =
          Blocked.ifRefused(() -> flow.inference(input, plan.inputs().noise(), later, arena));
      if (plan.streamed()) {
        answers.tensor(name(call), mel);
      }
      mels.add(mel);
    }
    answers.tensor(
        TensorNames.FLOW_OUTPUT,
        Joined.of(
            TensorNames.FLOW_OUTPUT,
            mels,
            call -> plan.calls().get(call).offset() * ratio(),
            arena));
  }

  private void say(FlowCall call) {
    context
        .log()
        .line(
            "chunk %d: %d tokens from %d on, streaming %s, final %s",
            call.index(), call.token().elements(), call.offset(), call.streaming(), call.isFinal());
  }

  private static void answerMask(Flow flow, FlowInput input, FlowCall call, Answers answers) {
    try (Arena own = Arena.ofConfined()) {
      answers.tensor(
          TensorNames.ofChunk(TensorNames.ATTN_MASK, call.index()), flow.attentionMask(input, own));
    }
  }

  private Tensor whole(Flow flow, Arena arena) {
    return flow.inference(input(plan.calls().getFirst()), plan.inputs().noise(), arena);
  }

  /** As synthesis does: of every chunk, only what is new is computed. */
  private Tensor streamed(Flow flow, Arena arena) {
    FlowInputs inputs = plan.inputs();
    PromptInputs prompt = inputs.prompt();
    LastChunk last = plan.calls().getLast().streaming() ? LastChunk.BLOCKS : LastChunk.WHOLE;
    List<Tensor> fresh = new ArrayList<>();
    try (FlowStream stream =
        flow.stream(prompt.token(), prompt.feat(), prompt.embedding(), inputs.noise(), last)) {
      for (FlowCall call : plan.calls()) {
        Tensor added = Blocked.ifRefused(() -> stream.add(call.token(), call.isFinal(), arena));
        Joined.requireEnd(name(call), mel(call), added, call.offset() * ratio());
        fresh.add(added);
      }
    }
    return Joined.of(TensorNames.FLOW_OUTPUT, fresh, call -> 0, arena);
  }

  private String name(FlowCall call) {
    return plan.streamed()
        ? TensorNames.ofChunk(TensorNames.FLOW_OUTPUT, call.index())
        : TensorNames.FLOW_OUTPUT;
  }

  private Tensor mel(FlowCall call) {
    return plan.mels().get(call.index());
  }

  private int ratio() {
    return plan.inputs().config().tokenMelRatio();
  }

  private LaterCalls later(FlowCall call) {
    return LaterCalls.ofFlow(call.index(), context.capture().settings().nTimesteps());
  }

  private FlowInput input(FlowCall call) {
    PromptInputs prompt = plan.inputs().prompt();
    return new FlowInput(
        call.token(),
        prompt.token(),
        prompt.feat(),
        prompt.embedding(),
        call.streaming(),
        call.isFinal());
  }

  @Override
  CheckpointWeights openWeights() {
    return ModelWeights.flow(context.modelDir(), context.config());
  }

  @Override
  public void open(Weights altered, Rerun.Taker taker) {
    try (Flow flow = flow(altered)) {
      taker.take((reference, sink) -> {
        for (FlowCall call : plan.calls()) {
          LaterCalls later = later(call);
          try (Arena own = Arena.ofConfined()) {
            flow.replay(
                input(call), plan.inputs().noise(), later.of(reference), later.of(sink), own);
          }
        }
      });
    }
  }

  private Flow flow(Weights from) {
    return new Flow(
        context.config().flow(),
        nativeSide.alter().apply(from),
        new FlowOptions(nativeSide.engine(), context.capture().settings().nTimesteps()));
  }
}
