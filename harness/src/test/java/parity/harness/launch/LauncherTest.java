package parity.harness.launch;

import static com.google.common.truth.Truth.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import parity.harness.Main;

class LauncherTest {
  /** Class files of Java N have version 44 + N. */
  private static int javaOf(Class<?> type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream stream = Objects.requireNonNull(type.getResourceAsStream(file));
        DataInputStream data = new DataInputStream(stream)) {
      data.skipNBytes(6);
      return data.readUnsignedShort() - 44;
    }
  }

  @Test
  void classFile_isOfJava8_soThatAnOldJavaRunsIt() throws IOException {
    assertThat(javaOf(Launcher.class)).isEqualTo(8);
  }

  @Test
  void needed_isWhatTheProgramIsCompiledFor() throws IOException {
    assertThat(javaOf(Main.class)).isEqualTo(Launcher.NEEDED);
  }

  @Test
  void isEnough_onEitherSideOfTheLimit() {
    assertThat(Launcher.isEnough("1.8")).isFalse();
    assertThat(Launcher.isEnough("")).isFalse();
    assertThat(Launcher.isEnough("17")).isFalse();
    assertThat(Launcher.isEnough("24")).isFalse();
    assertThat(Launcher.isEnough("25")).isTrue();
    assertThat(Launcher.isEnough("26")).isTrue();
  }

  @Test
  void refusal_isOneLineWithWhatIsNeededAndWhatWasFound() {
    String line = Launcher.refusal("17", "/opt/jdk-17");
    assertThat(line).startsWith("parity needs Java 25 or later, and this is 17 (/opt/jdk-17); ");
    assertThat(line).doesNotContain("\n");
  }
}
