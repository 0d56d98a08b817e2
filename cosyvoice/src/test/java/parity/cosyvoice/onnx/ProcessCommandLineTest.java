package parity.cosyvoice.onnx;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import parity.tensors.BadInputException;

class ProcessCommandLineTest {
  @Test
  void requireShort_limit_isInclusive() {
    ProcessCommandLine.requireShort(ProcessCommandLine.LONGEST);
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> ProcessCommandLine.requireShort(ProcessCommandLine.LONGEST + 1));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "the command line of this process has 3901 bytes, and ONNX Runtime crashes from about"
                + " 3960 on; give a long text in a file (--text-file), a long class path in"
                + " CLASSPATH, other long options in an @file");
  }
}
