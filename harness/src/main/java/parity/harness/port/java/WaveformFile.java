package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import parity.cosyvoice.audio.file.WavFormat;
import parity.cosyvoice.audio.file.WavFrames;
import parity.cosyvoice.audio.file.WavSample;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code debug_artifacts.wav} as upstream wrote it. */
final class WaveformFile {
  private WaveformFile() {}

  /** float32 [1, S], every bit of the file's. */
  static Tensor read(Path path, Arena arena) {
    try (WavFrames frames = WavFrames.open(path)) {
      WavFormat format = frames.format();
      if (format.sample() != WavSample.F32 || format.channels() != 1) {
        throw new BadInputException(
            "%s: a WAV of %s with %d channel(s), expected F32 with 1, as a capture has it; capture again"
                .formatted(path, format.sample(), format.channels()));
      }
      Tensor samples = Tensor.allocate(DType.F32, Shape.of(1, frames.frames()), arena);
      float[] frame = new float[1];
      for (long i = 0; frames.next(frame); i++) {
        samples.setFloat(i, frame[0]);
      }
      return samples;
    }
  }
}
