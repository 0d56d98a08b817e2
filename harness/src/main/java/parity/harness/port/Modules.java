package parity.harness.port;

import parity.cosyvoice.onnx.Weights;

/** A part of the model that can be run with every module on the reference's own inputs. */
public interface Modules {
  /** The part's weights as they are. */
  Weights weights();

  /** Makes the part of weights, and has it taken as long as it is open. */
  void open(Weights weights, Rerun.Taker taker);
}
