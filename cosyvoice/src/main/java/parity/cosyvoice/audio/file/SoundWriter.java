package parity.cosyvoice.audio.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.sourceforge.javaflacencoder.FLACFileOutputStream;
import net.sourceforge.javaflacencoder.FLACStreamOutputStream;

/**
 * Writes mono sound of unknown length, piece by piece. Closing it ends the sound and closes what it
 * writes to.
 */
public sealed interface SoundWriter extends AutoCloseable permits WavWriter, FlacWriter {
  /** What is written. */
  enum Format {
    /** IEEE float of 32 bits, every bit of a sample kept. */
    WAV,
    /** 24 bits, compressed without loss. */
    FLAC
  }

  /**
   * Begins a sound that goes through a pipe. How long it is, and the checksum of FLAC, is unknown
   * when its header is written, and players do without.
   *
   * @param sampleRate in Hz
   */
  static SoundWriter toPipe(Format format, OutputStream out, int sampleRate) throws IOException {
    return switch (format) {
      case WAV -> new WavWriter(out, sampleRate, Optional.empty());
      case FLAC -> new FlacWriter(new FLACStreamOutputStream(out), sampleRate);
    };
  }

  /**
   * Begins a sound in a file, whose header is complete when it is closed.
   *
   * @param sampleRate in Hz
   */
  static SoundWriter toFile(Format format, Path file, int sampleRate) throws IOException {
    return switch (format) {
      case WAV ->
          new WavWriter(
              new BufferedOutputStream(Files.newOutputStream(file)), sampleRate, Optional.of(file));
      case FLAC -> new FlacWriter(new FLACFileOutputStream(file.toFile()), sampleRate);
    };
  }

  /** Appends samples, of which full scale is 1. */
  void write(float[] samples) throws IOException;

  @Override
  void close() throws IOException;
}
