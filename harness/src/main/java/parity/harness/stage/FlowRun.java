package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;

/** How the flow was called for an utterance: at once, or chunk by chunk. */
sealed interface FlowRun permits FlowWhole, FlowChunks {
  /** Says what is compared before the flow runs. */
  void expectInputs(Checks checks);

  /** Says what the flow is to return. */
  void expectOutputs(Checks checks);

  /**
   * Compares what is captured twice, or can be told without the flow.
   *
   * @throws Blocked if the lengths of captured tensors do not go together
   */
  void compareInputs(Checks checks);

  /** Says that a run without taps is compared too. */
  void expectUntapped(Checks checks);

  /** Runs the flow as synthesis does, with nobody watching, and compares what it returns. */
  void compareUntapped(Flow flow, Checks checks, Arena arena);

  /** Runs the flow with every module on the reference's own inputs. */
  void replay(Flow flow, TapSource reference, TapSink sink);

  /** Runs the flow, and compares. */
  void compare(Flow flow, TapSink sink, Checks checks, Arena arena);
}
