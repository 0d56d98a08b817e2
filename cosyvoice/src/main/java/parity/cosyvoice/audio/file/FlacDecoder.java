package parity.cosyvoice.audio.file;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.jflac.metadata.StreamInfo;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * FLAC files, decoded by jflac. The checksum of the samples that the encoder left in the file is
 * checked, so that neither damage nor an error of the decoder passes in silence.
 */
final class FlacDecoder {
  private static final int MARKER = 4;
  private static final int BLOCK_HEADER = 4;
  private static final int STREAM_INFO = 34;
  private static final int LAST_BLOCK = 0x80;
  private static final int MD5_SIZE = 16;

  private FlacDecoder() {}

  static AudioFile read(Path file, InputStream in, Arena arena) throws IOException {
    byte[] start = in.readNBytes(MARKER + BLOCK_HEADER + STREAM_INFO);
    if (start.length < MARKER + BLOCK_HEADER + STREAM_INFO) {
      throw damaged(file, "cut off in its header");
    }
    int header = ByteBuffer.wrap(start, MARKER, BLOCK_HEADER).getInt() & ~(LAST_BLOCK << 24);
    if (header != STREAM_INFO) {
      // jflac would read whatever block it is, and take as much memory as that asks for.
      throw damaged(
          file,
          "its first block is of type %d with %d bytes, expected 0 with %d"
              .formatted(header >>> 24, header & 0xff_ffff, STREAM_INFO));
    }
    boolean last = (start[MARKER] & LAST_BLOCK) != 0;
    start[MARKER] |= (byte) LAST_BLOCK;
    MonoMix mix;
    byte[] found;
    try {
      if (!last) {
        skipMetadata(in);
      }
      FLACDecoder decoder =
          new FLACDecoder(
              new FiniteInput(new SequenceInputStream(new ByteArrayInputStream(start), in)));
      StreamInfo info = decoder.readStreamInfo();
      int bits = info.getBitsPerSample();
      if (bits != 8 && bits != 16 && bits != 24) {
        throw new BadInputException(
            file + ": FLAC of " + bits + " bits, expected 8, 16 or 24, as libsndfile reads");
      }
      mix = new MonoMix(file, info.getSampleRate());
      mix.expect(info.getTotalSamples());
      found = decode(file, decoder, info, mix);
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // jflac meets damaged files with whatever exception comes first.
      throw damaged(file, "cannot be decoded (" + Text.oneLine(e.toString()) + ")");
    }
    byte[] md5 = Arrays.copyOfRange(start, start.length - MD5_SIZE, start.length);
    boolean checked = !Arrays.equals(md5, new byte[MD5_SIZE]);
    if (checked && !Arrays.equals(md5, found)) {
      throw damaged(file, "its samples do not have the checksum (MD5) that its header names");
    }
    return mix.finish(arena);
  }

  /**
   * Steps over all blocks between the stream's description and its first frame. jflac would read
   * them, and takes as much memory as their lengths ask for.
   */
  private static void skipMetadata(InputStream in) throws IOException {
    byte[] header;
    do {
      header = in.readNBytes(BLOCK_HEADER);
      if (header.length < BLOCK_HEADER) {
        throw new EOFException("cut off in its header");
      }
      int length = ByteBuffer.wrap(header).getInt() & 0xff_ffff;
      in.skipNBytes(length);
    } while ((header[0] & LAST_BLOCK) == 0);
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
    long declared = info.getTotalSamples();
    // Behind the last sample some programs put a tag, in which jflac would look for more.
    while (declared == 0 || frames < declared) {
      Frame frame = decoder.readNextFrame();
      if (frame == null) {
        break;
      }
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
    if (decoder.getBadFrames() > 0) {
      throw damaged(file, "a damaged block after sample " + frames);
    }
    if (declared > 0 && frames != declared) {
      throw damaged(file, "cut off, %d of %d samples are there".formatted(frames, declared));
    }
    return md5.digest();
  }

  private static BadInputException damaged(Path file, String what) {
    return new BadInputException(file + ": damaged FLAC: " + what + "; copy or encode it again");
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
