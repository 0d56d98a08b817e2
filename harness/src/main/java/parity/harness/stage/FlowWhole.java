package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.tensors.Tensor;

/**
 * The flow is called once.
 *
 * @param streaming whether with the mask of a streaming run
 * @param expected {@code python_flow_output} [1, 80, T]
 */
record FlowWhole(FlowInputs inputs, boolean streaming, Tensor expected) implements FlowRun {
  @Override
  public void expectInputs(Checks checks) {}

  @Override
  public void expectOutputs(Checks checks) {
    checks.expect(FlowStage.OUTPUT, expected);
  }

  @Override
  public void compareInputs(Checks checks) {
    inputs.requireLength(FlowStage.OUTPUT, expected, inputs.spoken().token(), true);
  }

  @Override
  public void expectUntapped(Checks checks) {
    checks.expect(Untapped.name(FlowStage.OUTPUT), expected);
  }

  @Override
  public void compareUntapped(Flow flow, Checks checks, Arena arena) {
    Tensor mel = flow.inference(input(), inputs.noise(), arena);
    Untapped.compare(inputs.context(), checks, FlowStage.OUTPUT, expected, mel, FixedLimits.FLOW);
  }

  private FlowInput input() {
    return inputs.of(inputs.spoken().token(), streaming, true);
  }

  @Override
  public void replay(Flow flow, TapSource reference, TapSink sink) {
    try (Arena own = Arena.ofConfined()) {
      flow.replay(input(), inputs.noise(), reference, sink, own);
    }
  }

  @Override
  public void compare(Flow flow, TapSink sink, Checks checks, Arena arena) {
    Tensor mel = Blocked.ifRefused(() -> flow.inference(input(), inputs.noise(), sink, arena));
    TruthFile.ofOutputs(inputs.context())
        .compareAndControl(
            checks, FlowStage.OUTPUT, FlowStage.OUTPUT, expected, mel, FixedLimits.FLOW);
    FlowStage.say(inputs.context().log(), expected, mel);
    checks.exhibits().mel(FlowStage.OUTPUT, expected, mel);
  }
}
