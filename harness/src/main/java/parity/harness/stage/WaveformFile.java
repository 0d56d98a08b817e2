package parity.harness.stage;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import parity.cosyvoice.audio.file.WavFormat;
import parity.cosyvoice.audio.file.WavFrames;
import parity.cosyvoice.audio.file.WavSample;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code debug_artifacts.wav}, which holds the same samples as {@code python_audio_output}. The
 * earlier harness wrote 16-bit files, so only captures that say what made them are held to it.
 */
record WaveformFile(Optional<Path> file, Tensor audio) {
  static WaveformFile of(Capture capture, Tensor audio) {
    return new WaveformFile(capture.waveform().filter(path -> capture.saysWhatMadeIt()), audio);
  }

  void expect(Checks checks) {
    file.ifPresent(path -> checks.expect(Capture.WAVEFORM, audio));
  }

  void compare(Checks checks, Arena arena) {
    file.ifPresent(path -> checks.equal(Capture.WAVEFORM, audio, samples(path, arena)));
  }

  /** float32 [1, S], every bit of the file's. */
  private static Tensor samples(Path path, Arena arena) {
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
