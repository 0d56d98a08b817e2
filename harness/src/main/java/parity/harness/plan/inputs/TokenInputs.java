package parity.harness.plan.inputs;

import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The speech tokens that the flow speaks, and where they come from, if the capture has that too:
 * the language model's, or those of the converted recording.
 *
 * @param token int32 [1, N]
 * @param origin int32 [1, M]
 * @param filtered whether upstream's filter of silent tokens lies between the two
 */
public record TokenInputs(Tensor token, Optional<Tensor> origin, boolean filtered) {
  /** Of a capture. */
  public static TokenInputs of(Capture capture, Captured full) {
    Tensor token = full.get(TensorNames.TOKEN, DType.I32, 1, Captured.ANY);
    if (capture.settings().mode() == Mode.VC) {
      Optional<Captured> frontend = capture.frontend().map(Captured::new);
      return new TokenInputs(
          token, origin(frontend, TensorNames.SOURCE_ + TensorNames.SPEECH_TOKENS), false);
    }
    return new TokenInputs(
        token, origin(Optional.of(full), TensorNames.SPEECH_TOKENS), capture.filtersSilentTokens());
  }

  private static Optional<Tensor> origin(Optional<Captured> file, String name) {
    return file.filter(captured -> captured.holds(name))
        .map(captured -> captured.get(name, DType.I32, 1, Captured.ANY));
  }
}
