package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowStream;
import parity.cosyvoice.flow.LastChunk;
import parity.cosyvoice.random.RandomBuffers;
import parity.harness.capture.Capture;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the flow takes, of whichever chunk.
 *
 * @param noise {@code rand_noise} [1, 80, 15000]
 */
record FlowInputs(
    FlowConfig config,
    PromptInputs prompt,
    TokenInputs spoken,
    Tensor noise,
    StageContext context) {
  private static final String NOISE = "rand_noise";

  static FlowInputs of(StageContext context, Captured full) {
    Capture capture = context.capture();
    FlowConfig config = context.config().flow();
    return new FlowInputs(
        config,
        PromptInputs.of(full, capture.frontend(), config, capture.settings().mode()),
        TokenInputs.of(capture, full),
        full.get(NOISE, DType.F32, 1, config.outputSize(), Captured.ANY),
        context);
  }

  void say(StageLog log) {
    log.line(
        "token: %s, prompt_token: %s, prompt_feat: %s",
        spoken.token().shape(), prompt.token().shape(), prompt.feat().shape());
    log.line("embedding: %s, rand_noise: %s", prompt.embedding().shape(), noise.shape());
  }

  void expect(Checks checks) {
    prompt.expect(checks);
    spoken.expect(checks, "token");
    checks.expect(NOISE, noise);
  }

  void compare(Checks checks, Arena arena) {
    prompt.compare(checks);
    spoken.compare(checks, "token");
    Tensor regenerated = RandomBuffers.draw(context.config(), 0, arena).randNoise();
    RandomBufferCheck.compare(context.log(), checks, NOISE, noise, regenerated);
  }

  /** The flow's arguments for these tokens. */
  FlowInput of(Tensor token, boolean streaming, boolean isFinal) {
    return new FlowInput(
        token, prompt.token(), prompt.feat(), prompt.embedding(), streaming, isFinal);
  }

  /** The flow for tokens that come in chunks. */
  FlowStream stream(Flow flow, LastChunk lastChunk) {
    return flow.stream(prompt.token(), prompt.feat(), prompt.embedding(), noise, lastChunk);
  }

  /**
   * Requires a mel of the length that upstream makes of these tokens.
   *
   * @throws Blocked if it has another
   */
  void requireLength(String name, Tensor mel, Tensor token, boolean isFinal) {
    long ahead = isFinal ? 0 : config.preLookaheadLen();
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
