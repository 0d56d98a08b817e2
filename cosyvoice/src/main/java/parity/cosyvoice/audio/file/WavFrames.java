package parity.cosyvoice.audio.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInputException;

/**
 * The frames of a WAV file, a sample of each channel, one after the other as libsndfile gives them.
 * For one thread.
 */
public final class WavFrames implements AutoCloseable {
  private static final int BYTES_AT_ONCE = 1 << 16;

  /**
   * Sizes from here on stand for one that was not known when the header was written: 2^31 - 1 or
   * 2^32 - 1, and these less the header or rounded down, as sox (0x7ffff000) and others have it.
   */
  private static final long UNKNOWN_SIZE = 0x7fff_0000L;

  /** Bytes that a size may be too large by: some programs count the header as well. */
  private static final long SLACK = 128;

  private final Path file;
  private final InputStream in;
  private final WavFormat format;
  private final long frames;
  private final byte[] block;
  private final MemorySegment bytes;
  private long next;
  private int at;
  private int end;

  private WavFrames(Path file, InputStream in, WavChunks.Data data) {
    this.file = file;
    this.in = in;
    this.format = data.format();
    int frameSize = format.frameSize();
    boolean unknown = data.open() || data.declared() >= UNKNOWN_SIZE;
    // libsndfile reads what is there and says nothing: a harness must not judge half a recording.
    if (!unknown && data.declared() > data.left() + SLACK) {
      throw cutOff(data.left() / frameSize, data.declared() / frameSize);
    }
    this.frames = (unknown ? data.left() : Math.min(data.declared(), data.left())) / frameSize;
    this.block = new byte[Math.max(1, BYTES_AT_ONCE / frameSize) * frameSize];
    this.bytes = MemorySegment.ofArray(block);
  }

  /**
   * Opens a WAV file.
   *
   * @throws BadInputException if it is none, or holds no frames that can be read; the message says
   *     why
   */
  public static WavFrames open(Path file) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "not a file" : "no such file";
      throw new BadInputException(file + ": " + found + ", expected a WAV file");
    }
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), BYTES_AT_ONCE);
      try {
        in.mark(SoundFormat.SNIFFED);
        if (SoundFormat.of(in.readNBytes(SoundFormat.SNIFFED)) != SoundFormat.WAV) {
          throw new BadInputException(
              file + ": does not begin as a WAV file does, with RIFF and WAVE");
        }
        in.reset();
        return of(file, in, Files.size(file));
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads the header.
   *
   * @param in stands on {@code RIFF}; closed with this
   * @param left bytes from there to the end of the file
   */
  static WavFrames of(Path file, InputStream in, long left) throws IOException {
    return new WavFrames(file, in, WavChunks.find(file, in, left));
  }

  /** What a frame is. */
  public WavFormat format() {
    return format;
  }

  /** How many there are. */
  public long frames() {
    return frames;
  }

  /**
   * Reads the next frame.
   *
   * @param frame takes a sample of each channel, full scale is 1
   * @return whether there was one
   * @throws BadInputException if the file has become shorter since it was opened, or cannot be read
   */
  public boolean next(float[] frame) {
    if (next == frames) {
      return false;
    }
    if (at == end) {
      fill();
    }
    for (int channel = 0; channel < frame.length; channel++) {
      frame[channel] = format.sample().at(bytes, at + (long) channel * format.sample().width());
    }
    at += format.frameSize();
    next++;
    return true;
  }

  private void fill() {
    try {
      long wanted = Math.min(block.length, (frames - next) * format.frameSize());
      end = in.readNBytes(block, 0, (int) wanted);
      at = 0;
      if (end < wanted) {
        throw cutOff(next + end / format.frameSize(), frames);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private BadInputException cutOff(long there, long declared) {
    return new BadInputException(
        "%s: cut off, %d of %d samples are there; copy or record it again"
            .formatted(file, there, declared));
  }

  private static BadInputException unreadable(Path file, IOException e) {
    return new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
