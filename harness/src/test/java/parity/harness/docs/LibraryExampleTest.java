package parity.harness.docs;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.cosyvoice.audio.file.AudioFile;
import parity.harness.fixture.Samples;

/** The example of docs/speaking.md, taken from the page, compiled and run in a JVM of its own. */
class LibraryExampleTest {
  private static final Path PAGE = Path.of("..", "docs", "speaking.md");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void example_asPrinted_speaks() throws Exception {
    Matcher found = EXAMPLE.matcher(Files.readString(PAGE));
    assertThat(found.find()).isTrue();
    String code = found.group(1);
    assertThat(code.lines().filter(line -> !line.isBlank() && !line.startsWith("import")).count())
        .isAtMost(15);
    Path example = Files.writeString(folder.resolve("Speak.java"), code);
    Path sound = folder.resolve("out.wav");
    Path said = folder.resolve("said.txt");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                example.toString(),
                Samples.MODEL.toString(),
                Samples.WAV.toString(),
                sound.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process java = command.start();
    assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertWithMessage(Files.readString(said)).that(java.exitValue()).isEqualTo(0);
    assertThat(seconds(sound)).isGreaterThan(0.0);
  }

  private static double seconds(Path wav) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return AudioFile.read(wav, arena).speech().elements() / 24_000.0;
    }
  }
}
