package parity.harness.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInputException;

/**
 * What a process prints, without silence about what is lost: a writer of the JDK swallows what a
 * full disk refuses, and the process would end as if all had been read.
 */
public final class StandardOutput extends OutputStream {
  /** Whoever read this has had enough; a program ends quietly then. */
  public static final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(IOException cause) {
      super(cause);
    }
  }

  private final OutputStream out;
  private final boolean pipe;

  StandardOutput(OutputStream out, boolean pipe) {
    this.out = out;
    this.pipe = pipe;
  }

  /** This process's own. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
  }

  private static boolean isPipe() {
    try {
      int mode = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
      int kind = mode & 0xF000;
      return kind == 0x1000 || kind == 0xC000;
    } catch (IOException | RuntimeException e) {
      // Not Unix, or closed from the start.
      return false;
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(IOException e) {
    return pipe
        ? new ClosedPipeException(e)
        : new BadInputException(
            "standard output: cannot be written ("
                + e.getMessage()
                + "); send it where there is room",
            e);
  }
}
