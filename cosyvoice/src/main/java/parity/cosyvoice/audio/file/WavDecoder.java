package parity.cosyvoice.audio.file;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** WAV files: their frames become a recording. */
final class WavDecoder {
  private WavDecoder() {}

  /**
   * Decodes.
   *
   * @param in stands on {@code RIFF}
   * @param left bytes from there to the end of the file
   */
  static AudioFile read(Path file, InputStream in, long left, Arena arena) throws IOException {
    try (WavFrames frames = WavFrames.of(file, in, left)) {
      MonoMix mix = new MonoMix(file, frames.format().sampleRate());
      mix.expect(frames.frames());
      float[] frame = new float[frames.format().channels()];
      while (frames.next(frame)) {
        mix.add(frame);
      }
      return mix.finish(arena);
    }
  }
}
