package parity.cosyvoice.frontend;

import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * Tokens and mel of a prompt, cut to two frames a token ({@code frontend_zero_shot} of {@code
 * cosyvoice/cli/frontend.py}); voice conversion takes them uncut.
 *
 * @param speechToken [1, P] int32
 * @param speechFeat [1, 2P, 80] float32
 */
public record ZeroShotPrompt(Tensor speechToken, Tensor speechFeat) {
  /**
   * Cuts both to {@code P = min(T / 2, n)} tokens. The results share the memory of the arguments.
   *
   * @param speechTokens [1, n] int32
   * @param speechFeat [1, T, 80] float32
   */
  public static ZeroShotPrompt trim(Tensor speechTokens, Tensor speechFeat) {
    long tokens = Math.min(speechFeat.shape().dim(1) / 2, speechTokens.shape().dim(1));
    return new ZeroShotPrompt(
        Tensors.head(speechTokens, 1, tokens), Tensors.head(speechFeat, 1, 2 * tokens));
  }
}
