package parity.cosyvoice.audio.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;

/**
 * A prompt recording, as upstream's {@code cosyvoice/utils/file_utils.py: load_wav} has it before
 * it resamples: the samples that libsndfile gives, and their mean over the channels.
 *
 * @param sampleRate in Hz, at least 16000
 * @param speech [1, S] float32, full scale is 1
 */
public record AudioFile(int sampleRate, Tensor speech) {
  /**
   * Reads a WAV file (PCM of 8, 16, 24 or 32 bits, IEEE float of 32 or 64) or a FLAC file (up to 24
   * bits) of any number of channels, ID3 tags before it left out. What a file is, is told from its
   * content, not from its name.
   *
   * @param arena where the samples live
   * @throws BadInputException if the file is missing, of another format, damaged or cut off, or if
   *     upstream would refuse the recording: under 16 kHz, over 30 s, no samples, not finite
   */
  public static AudioFile read(Path file, Arena arena) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "not a file" : "no such file";
      throw new BadInputException(file + ": " + found + ", expected a recording as WAV or FLAC");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long tags = Id3Tag.skipAll(in);
      in.mark(SoundFormat.SNIFFED);
      SoundFormat format = SoundFormat.of(in.readNBytes(SoundFormat.SNIFFED), tags > 0);
      in.reset();
      return switch (format) {
        case WAV -> WavDecoder.read(file, in, Files.size(file) - tags, arena);
        case FLAC -> FlacDecoder.read(file, in, arena);
        case EMPTY ->
            throw new BadInputException(file + ": empty file, expected a recording as WAV or FLAC");
        case AIFF, AU, CAF, OGG, RF64, RIFX, W64, MP3, MP4, ID3, UNKNOWN ->
            throw new BadInputException(
                file
                    + ": "
                    + format.description()
                    + ", expected WAV or FLAC; convert the recording to one of them");
      };
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
