package parity.cosyvoice.audio.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that does not let itself be read on and on behind its end. jflac counts a damaged frame
 * and looks for the next one, and does so without end where what is left of the file is too short
 * for one.
 */
final class FiniteInput extends FilterInputStream {
  /** How often the end may be read; behind a sound file jflac reads it twice. */
  static final int PATIENCE = 64;

  private int ends;

  FiniteInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int read) throws IOException {
    if (read < 0 && ++ends > PATIENCE) {
      throw new IOException("cut off in a frame");
    }
    return read;
  }
}
