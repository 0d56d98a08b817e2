package parity.cosyvoice.audio.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * WAV of mono float32 samples. Its header comes before its length is known; what goes through a
 * pipe keeps the greatest length there, which players take for "until it ends"; in a file the right
 * one is put there at the end.
 *
 * <p>{@code javax.sound.sampled} writes WAV only of a length that is known before.
 */
final class WavWriter implements SoundWriter {
  private static final int FORMAT_FLOAT = 3;
  private static final int FORMAT_SIZE = 18;
  private static final int HEADER_SIZE = 58;
  private static final int RIFF_SIZE_AT = 4;
  private static final int SAMPLES_AT = 46;
  private static final int DATA_SIZE_AT = 54;
  private static final int UNKNOWN = -1;

  private final OutputStream out;
  private final Optional<Path> file;

  WavWriter(OutputStream out, int sampleRate, Optional<Path> file) throws IOException {
    this.out = out;
    this.file = file;
    ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header.put(name("RIFF")).putInt(UNKNOWN).put(name("WAVE"));
    header.put(name("fmt ")).putInt(FORMAT_SIZE).putShort((short) FORMAT_FLOAT).putShort((short) 1);
    header.putInt(sampleRate).putInt(sampleRate * Float.BYTES);
    header.putShort((short) Float.BYTES).putShort((short) Float.SIZE).putShort((short) 0);
    header.put(name("fact")).putInt(Integer.BYTES).putInt(UNKNOWN);
    header.put(name("data")).putInt(UNKNOWN);
    out.write(header.array());
  }

  private static byte[] name(String chunk) {
    return chunk.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(float[] samples) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(samples.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    out.write(bytes.array());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (file.isPresent()) {
      try (RandomAccessFile wav = new RandomAccessFile(file.get().toFile(), "rw")) {
        long data = wav.length() - HEADER_SIZE;
        put(wav, RIFF_SIZE_AT, wav.length() - RIFF_SIZE_AT - Integer.BYTES);
        put(wav, SAMPLES_AT, data / Float.BYTES);
        put(wav, DATA_SIZE_AT, data);
      }
    }
  }

  private static void put(RandomAccessFile wav, int at, long value) throws IOException {
    wav.seek(at);
    wav.writeInt(Integer.reverseBytes((int) Math.min(value, Integer.toUnsignedLong(UNKNOWN))));
  }
}
