package parity.harness.regime;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.BadInputException;

/** The file of {@code --require-regimes}, and what a run makes of it. */
final class RequiredRegimesTest {
  @TempDir Path folder;

  @Test
  void required_readsNamesAndRemarks() throws IOException {
    Path file = folder.resolve("required.txt");
    Files.writeString(file, "# for CI\nnucleus cut by top_p # soon\n\nspoken at once\n");
    assertThat(RequiredRegimes.read(file))
        .containsExactly("nucleus cut by top_p", "spoken at once")
        .inOrder();
  }

  @ParameterizedTest
  @CsvSource({"no such thing, is no regime", "'', names nothing"})
  void required_whatIsNoRegime_isRefused(String text, String message) throws IOException {
    Path file = folder.resolve("required.txt");
    Files.writeString(file, text);
    assertThat(assertThrows(BadInputException.class, () -> RequiredRegimes.read(file)))
        .hasMessageThat()
        .contains(message);
    assertThat(
            assertThrows(
                BadInputException.class, () -> RequiredRegimes.read(folder.resolve("none"))))
        .hasMessageThat()
        .contains("cannot be read");
  }

  @Test
  void run_thatLacksWhatIsRequired_isInconclusiveAndSaysWhich() throws IOException {
    Path file = folder.resolve("required.txt");
    Files.writeString(file, "spoken at once\nhop of 50\n");
    Path out = folder.resolve("out");
    Parity run = Parity.compare("flow", Samples.CAPTURE, out, "--require-regimes", file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.json().get("regimes").get("lacking").get(0).asText()).isEqualTo("hop of 50");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Required and not exercised: hop of 50.");
    assertThat(Files.readString(out.resolve("test_flow.log"))).contains("mask of one block");
    Files.writeString(file, "spoken at once\n");
    Parity right = Parity.compare("flow", Samples.CAPTURE, out, "--require-regimes", file);
    assertThat(right.exitCode()).isEqualTo(0);
  }
}
