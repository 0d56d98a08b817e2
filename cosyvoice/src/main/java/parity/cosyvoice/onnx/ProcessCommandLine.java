package parity.cosyvoice.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInputException;

/**
 * The command line of this process, which ONNX Runtime reads as it starts: 1.29 on Linux ends the
 * process with a segmentation fault where it is longer than 3,960 to 3,999 bytes (found by trying).
 */
final class ProcessCommandLine {
  static final int LONGEST = 3_900;

  private static final Path LINUX = Path.of("/proc/self/cmdline");

  private ProcessCommandLine() {}

  /**
   * Stops before ONNX Runtime would.
   *
   * @throws BadInputException if the command line is too long
   */
  static void requireShort() {
    try {
      if (Files.isReadable(LINUX)) {
        requireShort(Files.readAllBytes(LINUX).length);
      }
    } catch (IOException e) {
      // Then nobody knows, ONNX Runtime included.
    }
  }

  static void requireShort(int bytes) {
    if (bytes > LONGEST) {
      throw new BadInputException(
          "the command line of this process has %d bytes, and ONNX Runtime crashes from about 3960 on; give a long text in a file (--text-file), a long class path in CLASSPATH, other long options in an @file"
              .formatted(bytes));
    }
  }
}
