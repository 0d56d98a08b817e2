package parity.cosyvoice.audio;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.jflac.metadata.StreamInfo;
import parity.tensors.BadInput;

/**
 * FLAC files, decoded by jflac. The checksum of the samples that the encoder left in the file is
 * checked, so that neither damage nor an error of the decoder passes in silence.
 */
final class FlacDecoder {
  /** Where the first metadata block, which is the stream's description, has its MD5. */
  private static final int MD5_OFFSET = 4 + 4 + 18;

  private static final int MD5_SIZE = 16;

  private FlacDecoder() {}

  static AudioFile read(Path file, InputStream in, Arena arena) throws IOException {
    in.mark(MD5_OFFSET + MD5_SIZE);
    byte[] start = in.readNBytes(MD5_OFFSET + MD5_SIZE);
    in.reset();
    if (start.length < MD5_OFFSET + MD5_SIZE) {
      throw damaged(file, "cut off in its header");
    }
    MonoMix mix;
    byte[] found;
    try {
      FLACDecoder decoder = new FLACDecoder(in);
      StreamInfo info = decoder.readStreamInfo();
      decoder.readMetadata(info);
      int bits = info.getBitsPerSample();
      if (bits != 8 && bits != 16 && bits != 24) {
        throw new BadInput(
            file + ": FLAC of " + bits + " bits, expected 8, 16 or 24, as libsndfile reads");
      }
      mix = new MonoMix(file, info.getSampleRate());
      mix.expect(info.getTotalSamples());
      found = decode(file, decoder, info, mix);
    } catch (BadInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // jflac meets damaged files with whatever exception comes first.
      throw damaged(file, "cannot be decoded (" + e + ")");
    }
    byte[] md5 = Arrays.copyOfRange(start, MD5_OFFSET, MD5_OFFSET + MD5_SIZE);
    boolean checked = !Arrays.equals(md5, new byte[MD5_SIZE]);
    if (checked && !Arrays.equals(md5, found)) {
      throw damaged(file, "its samples do not have the checksum (MD5) that its header names");
    }
    return mix.finish(arena);
  }

  /** Decodes all frames; returns the MD5 of their samples, interleaved, little-endian. */
  private static byte[] decode(Path file, FLACDecoder decoder, StreamInfo info, MonoMix mix)
      throws IOException {
    MessageDigest md5 = md5();
    int channels = info.getChannels();
    int width = info.getBitsPerSample() / 8;
    float scale = 1L << (info.getBitsPerSample() - 1);
    float[] samples = new float[channels];
    long frames = 0;
    for (Frame frame = decoder.readNextFrame(); frame != null; frame = decoder.readNextFrame()) {
      if (decoder.getBadFrames() > 0
          || frame.header.channels != channels
          || frame.header.bitsPerSample != info.getBitsPerSample()) {
        throw damaged(file, "a damaged block after sample " + frames);
      }
      byte[] raw = new byte[frame.header.blockSize * channels * width];
      int at = 0;
      for (int i = 0; i < frame.header.blockSize; i++, frames++) {
        for (int channel = 0; channel < channels; channel++) {
          int value = decoder.getChannelData()[channel].getOutput()[i];
          samples[channel] = value / scale;
          for (int b = 0; b < width; b++) {
            raw[at++] = (byte) (value >> (8 * b));
          }
        }
        mix.add(samples);
      }
      md5.update(raw);
    }
    long declared = info.getTotalSamples();
    if (decoder.getBadFrames() > 0 || (declared > 0 && frames != declared)) {
      throw damaged(file, "cut off, %d of %d samples are there".formatted(frames, declared));
    }
    return md5.digest();
  }

  private static BadInput damaged(Path file, String what) {
    return new BadInput(file + ": damaged FLAC: " + what + "; copy or encode it again");
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
