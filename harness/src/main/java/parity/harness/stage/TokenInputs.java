package parity.harness.stage;

import java.util.Optional;
import parity.cosyvoice.synthesis.steps.SilentTokens;
import parity.harness.capture.Capture;
import parity.harness.capture.Mode;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The speech tokens that the flow speaks, and what they must be where the capture has their origin
 * too: what upstream's filter of silence leaves of the language model's, or those of the converted
 * recording.
 *
 * @param token int32 [1, N]
 */
record TokenInputs(Tensor token, Optional<Tensor> origin) {
  static TokenInputs of(Capture capture, Captured full) {
    return new TokenInputs(full.get("token", DType.I32, 1, Captured.ANY), origin(capture, full));
  }

  private static Optional<Tensor> origin(Capture capture, Captured full) {
    if (capture.settings().mode() == Mode.VC) {
      return origin(capture.frontend().map(Captured::new), "source_speech_tokens");
    }
    Optional<Tensor> spoken = origin(Optional.of(full), "speech_tokens");
    return capture.filtersSilentTokens() ? spoken.map(SilentTokens::thinned) : spoken;
  }

  private static Optional<Tensor> origin(Optional<Captured> file, String name) {
    return file.filter(captured -> captured.holds(name))
        .map(captured -> captured.get(name, DType.I32, 1, Captured.ANY));
  }

  /** Says that the tokens are compared, under the name by which a stage knows them. */
  void expect(Checks checks, String name) {
    origin.ifPresent(tokens -> checks.expect(name, token));
  }

  void compare(Checks checks, String name) {
    origin.ifPresent(tokens -> checks.equal(name, token, tokens));
  }
}
