package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.harness.Main;
import parity.harness.fixture.Samples;

/** Inputs of a run that change between its stages: exit 3, one line, and nothing is published. */
class ChangedInputsTest {
  @TempDir Path folder;

  @BeforeEach
  void copy() {
    Samples.copy(Samples.MODEL, folder.resolve("model"));
    Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
  }

  /** Does something once, as soon as a text was written. */
  private static final class Trigger extends FilterWriter {
    private final StringBuilder written = new StringBuilder();
    private final String text;
    private final Runnable action;
    private boolean done;

    Trigger(String text, Runnable action) {
      super(new StringWriter());
      this.text = text;
      this.action = action;
    }

    @Override
    public void write(String string, int from, int length) {
      written.append(string, from, from + length);
      if (!done && written.indexOf(text) >= 0) {
        done = true;
        action.run();
      }
    }
  }

  /** The file is a link to the sample's: it gets bytes of its own first. */
  private static void own(Path file) {
    try {
      Samples.replace(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void shorten(Path file) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "model/llm.pt, ==> llm parity",
    "model/hift.pt, ==> llm parity",
    "model/flow.pt, ==> hift parity",
    "model/cosyvoice3.yaml, ==> hift parity",
    "capture/debug_artifacts.safetensors, ==> llm parity",
    "capture/taps_flow.safetensors, ==> flow parity",
    "capture/taps_hift.safetensors, report: ",
  })
  void run_anInputShortenedMeanwhile_saysSoAndPublishesNothing(String name, String when) {
    Path file = folder.resolve(name);
    own(file);
    Path out = folder.resolve("out");
    StringWriter err = new StringWriter();
    int exit =
        Main.run(
            new Trigger(when, () -> shorten(file)),
            err,
            "run",
            "--model-dir",
            folder.resolve("model").toString(),
            "--artifacts",
            folder.resolve("capture").toString(),
            "--prompt-wav",
            Samples.WAV.toString(),
            "--stages",
            "llm,flow,hift",
            "--out",
            out.toString());
    assertWithMessage(err.toString()).that(exit).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).startsWith("parity: " + file + ": had ");
    assertThat(err.toString()).endsWith(" by renaming another over it\n");
    assertThat(Files.exists(out.resolve("report.json"))).isFalse();
  }
}
