package parity.cosyvoice.flow;

import java.util.Arrays;
import java.util.stream.Collectors;
import parity.cosyvoice.config.FlowConfig;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Arguments of {@code CausalMaskedDiffWithDiT.inference} in flow/flow.py.
 *
 * @param token speech tokens to speak, int32 [1, N]; if not {@code isFinal}, the last
 *     preLookaheadLen of them are context and get no frames
 * @param promptToken the prompt's speech tokens, int32 [1, P]
 * @param promptFeat the prompt's mel, float32 [1, frames, 80]
 * @param embedding the speaker, float32 [1, 192]
 * @param streaming whether a frame sees only its own block of frames and those before it
 * @param isFinal {@code finalize} upstream: whether the tokens end the utterance
 */
public record FlowInput(
    Tensor token,
    Tensor promptToken,
    Tensor promptFeat,
    Tensor embedding,
    boolean streaming,
    boolean isFinal) {
  private static final long ANY = -1;

  /**
   * Throws {@link BadInputException} if a model of this configuration cannot take the arguments.
   */
  void check(FlowConfig config, Tensor randNoise) {
    check("token", token, DType.I32, 1, ANY);
    check("prompt_token", promptToken, DType.I32, 1, ANY);
    check("prompt_feat", promptFeat, DType.F32, 1, ANY, config.outputSize());
    check("embedding", embedding, DType.F32, 1, config.spkEmbedDim());
    check("rand_noise", randNoise, DType.F32, 1, config.outputSize(), ANY);
    checkVocabulary("token", token, config.vocabSize());
    checkVocabulary("prompt_token", promptToken, config.vocabSize());
    long frames = frames(config);
    if (frames <= promptFeat.shape().dim(1)) {
      throw new BadInputException(
          ("%d tokens make %d mel frames, of which prompt_feat fills %d and none is left;"
                  + " give more tokens or a prompt_feat of %d frames a prompt_token")
              .formatted(
                  tokens(config),
                  Math.max(frames, 0),
                  promptFeat.shape().dim(1),
                  config.tokenMelRatio()));
    }
    if (frames > randNoise.shape().dim(2)) {
      throw new BadInputException(
          "%d mel frames, but rand_noise has %d; speak less at a time"
              .formatted(frames, randNoise.shape().dim(2)));
    }
  }

  /** Tokens that get frames, the prompt's and the others. */
  private long tokens(FlowConfig config) {
    long context = isFinal ? 0 : config.preLookaheadLen();
    return promptToken.elements() + token.elements() - context;
  }

  /** Mel frames of prompt and speech. */
  long frames(FlowConfig config) {
    return tokens(config) * config.tokenMelRatio();
  }

  private static void check(String name, Tensor tensor, DType dtype, long... dims) {
    boolean fits = tensor.dtype() == dtype && tensor.shape().rank() == dims.length;
    for (int axis = 0; fits && axis < dims.length; axis++) {
      fits = dims[axis] == ANY || dims[axis] == tensor.shape().dim(axis);
    }
    if (!fits) {
      String expected =
          Arrays.stream(dims)
              .mapToObj(dim -> dim == ANY ? "any" : Long.toString(dim))
              .collect(Collectors.joining(", ", dtype + " [", "]"));
      throw new BadInputException(
          "%s is %s, but the flow takes %s".formatted(name, tensor, expected));
    }
  }

  private static void checkVocabulary(String name, Tensor tokens, int vocabSize) {
    for (long i = 0; i < tokens.elements(); i++) {
      if (tokens.getLong(i) >= vocabSize) {
        throw new BadInputException(
            ("%s[%d] is %d, but the flow knows speech tokens 0 to %d;"
                    + " end tokens and text tokens do not belong here")
                .formatted(name, i, tokens.getLong(i), vocabSize - 1));
      }
    }
  }
}
