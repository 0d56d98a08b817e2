package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.model.TapSink;
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
  public void compare(Flow flow, TapSink sink, Checks checks, Arena arena) {
    FlowInput input = inputs.of(inputs.spoken().token(), streaming, true);
    Tensor mel = Blocked.ifRefused(() -> flow.inference(input, inputs.noise(), sink, arena));
    TruthFile.ofOutputs(inputs.context())
        .compare(checks, FlowStage.OUTPUT, expected, mel, FixedLimits.FLOW);
    FlowStage.say(inputs.context().log(), expected, mel);
    checks.exhibits().mel(FlowStage.OUTPUT, expected, mel);
  }
}
