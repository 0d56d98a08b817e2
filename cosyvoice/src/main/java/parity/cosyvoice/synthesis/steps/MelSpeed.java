package parity.cosyvoice.synthesis.steps;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Speech faster or slower, by drawing its mel together or apart: {@code F.interpolate(tts_mel,
 * size=int(frames / speed), mode="linear")} of cli/model.py, in float32 as there.
 */
public final class MelSpeed {
  private MelSpeed() {}

  /** mel [1, C, T] to [1, C, T / speed], at least one frame. */
  public static Tensor changed(Tensor mel, double speed, Arena arena) {
    int frames = Math.toIntExact(mel.shape().dim(2));
    int wanted = Math.max(1, (int) (frames / speed));
    long channels = mel.shape().dim(1);
    Tensor result = Tensor.allocate(DType.F32, Shape.of(1, channels, wanted), arena);
    float scale = (float) frames / wanted;
    for (int i = 0; i < wanted; i++) {
      float at = Math.max(scale * (i + 0.5f) - 0.5f, 0);
      int low = Math.min((int) at, frames - 1);
      int high = Math.min(low + 1, frames - 1);
      float weight = Math.clamp(at - low, 0f, 1f);
      for (long channel = 0; channel < channels; channel++) {
        float left = mel.getFloat(channel * frames + low);
        float right = mel.getFloat(channel * frames + high);
        result.setFloat(channel * wanted + i, (1 - weight) * left + weight * right);
      }
    }
    return result;
  }
}
