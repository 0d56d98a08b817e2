package parity.harness.plan.inputs;

import parity.cosyvoice.config.FlowConfig;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the flow takes, in whichever call.
 *
 * @param noise {@code rand_noise} [1, 80, 15000]
 */
public record FlowInputs(FlowConfig config, PromptInputs prompt, TokenInputs spoken, Tensor noise) {
  /** Of a capture. */
  public static FlowInputs of(Capture capture, Captured full, FlowConfig config) {
    return new FlowInputs(
        config,
        PromptInputs.of(full, capture.frontend(), config, capture.settings().mode()),
        TokenInputs.of(capture, full),
        full.get(TensorNames.RAND_NOISE, DType.F32, 1, config.outputSize(), Captured.ANY));
  }

  /**
   * Requires a mel of the length that upstream makes of a call's tokens.
   *
   * @throws Blocked if it has another
   */
  public void requireLength(String name, Tensor mel, FlowCall call) {
    Tensor token = call.token();
    long ahead = call.isFinal() ? 0 : config.preLookaheadLen();
    long frames =
        (prompt.token().elements() + token.elements() - ahead) * config.tokenMelRatio()
            - prompt.feat().shape().dim(1);
    if (frames != mel.shape().dim(2)) {
      throw new Blocked(
          "%s is %s, but token %s and prompt_token %s behind prompt_feat %s make %d frames; one of"
                  .formatted(
                      name,
                      mel.shape(),
                      token.shape(),
                      prompt.token().shape(),
                      prompt.feat().shape(),
                      frames)
              + " them was cut");
    }
  }
}
