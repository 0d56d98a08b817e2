package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** How {@code inference} of flow/flow.py lays out what it passes on. */
final class FlowTensors {
  private FlowTensors() {}

  /** The prompt's tokens and those to speak as one, int32 [1, P + N]; none below 0. */
  static Tensor tokens(FlowInput input, Arena arena) {
    long prompt = input.promptToken().elements();
    long count = prompt + input.token().elements();
    Tensor tokens = Tensor.allocate(DType.I32, Shape.of(1, count), arena);
    for (long i = 0; i < count; i++) {
      long token = i < prompt ? input.promptToken().getLong(i) : input.token().getLong(i - prompt);
      tokens.setInt(i, Math.toIntExact(Math.max(token, 0)));
    }
    return tokens;
  }

  /** h [1, N, C] to [1, C, N * ratio]: every token as many frames, channels before time. */
  static Tensor repeatInterleave(Tensor h, int ratio, Arena arena) {
    return channelsFirst(h, ratio, h.shape().dim(1) * ratio, arena);
  }

  /** promptFeat [1, P, C] to [1, C, frames]: the prompt's frames, then zeros. */
  static Tensor conds(Tensor promptFeat, int frames, Arena arena) {
    return channelsFirst(promptFeat, 1, frames, arena);
  }

  private static Tensor channelsFirst(Tensor x, int repeats, long frames, Arena arena) {
    long length = x.shape().dim(1);
    long channels = x.shape().dim(2);
    Tensor y = Tensor.allocate(DType.F32, Shape.of(1, channels, frames), arena);
    for (long channel = 0; channel < channels; channel++) {
      for (long i = 0; i < length * repeats; i++) {
        y.setFloat(channel * frames + i, x.getFloat(i / repeats * channels + channel));
      }
    }
    return y;
  }
}
