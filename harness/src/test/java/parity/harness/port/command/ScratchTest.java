package parity.harness.port.command;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.console.OnStop;
import parity.tensors.BadInputException;

/** Folders for commands: which stay, and which go. */
final class ScratchTest {
  @TempDir Path temporary;

  private final List<String> warnings = new ArrayList<>();

  /** Another process, which makes a folder and runs a command until it is ended. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      Scratch scratch = Scratch.make(Path.of(args[0]), line -> {});
      Descendants descendants = Descendants.watch();
      try (OnStop _ =
          OnStop.silently(() -> {
            descendants.end();
            scratch.remove();
          })) {
        Process command =
            descendants.start(
                new ProcessBuilder("/bin/sh", "-c", "(setsid sleep 100 &) & sleep 100"));
        System.out.println(scratch.path());
        System.out.println(command.pid());
        command.waitFor();
      }
    }
  }

  private record Running(Process process, Path folder, ProcessHandle command) {}

  private Running other() {
    try {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  temporary.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      Path folder = Path.of(said.readLine());
      return new Running(
          process, folder, ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Scratch make() {
    return Scratch.make(temporary, warnings::add);
  }

  private List<Path> all() {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void make_besideFoldersInUse_leavesThem() throws Exception {
    Running other = other();
    try (Scratch first = make();
        Scratch second = make()) {
      assertThat(all()).containsExactly(other.folder, first.path(), second.path());
    }
    assertThat(all()).containsExactly(other.folder);
    other.process.descendants().forEach(ProcessHandle::destroyForcibly);
    other.process.destroyForcibly().waitFor();
    assertWithMessage("nobody was left to remove it").that(all()).containsExactly(other.folder);
    make().close();
    assertThat(all()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void shutdown_whileACommandRuns_endsItAndRemovesItsFolder() throws Exception {
    Running other = other();
    List<ProcessHandle> descendants = other.process.descendants().toList();
    assertThat(descendants).contains(other.command);
    other.process.destroy();
    other.process.waitFor();
    for (ProcessHandle each : descendants) {
      each.onExit().join();
    }
    assertThat(all()).isEmpty();
  }

  @Test
  void make_besideAFolderWithoutALock_removesAnOldOneAndLeavesANewOne() throws IOException {
    Path young = Files.createDirectory(temporary.resolve("parity-candidate-young"));
    Path old = Files.createDirectory(temporary.resolve("parity-candidate-old"));
    Path another = Files.createDirectory(temporary.resolve("another"));
    for (Path folder : List.of(old, another)) {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    make().close();
    assertThat(all()).containsExactly(young, another);
  }

  @Test
  void make_besideAPipeInPlaceOfALock_doesNotWaitForIt() throws Exception {
    Path odd = Files.createDirectory(temporary.resolve("parity-candidate-odd"));
    new ProcessBuilder("mkfifo", odd.resolve("lock").toString()).start().waitFor();
    make().close();
    assertThat(all()).containsExactly(odd);
  }

  @Test
  void make_whereThereIsNoFolder_saysWhatToDo() {
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> Scratch.make(temporary.resolve("none"), warnings::add));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            temporary.resolve("none")
                + ": the candidate's inputs cannot be written to the temporary folder (no such"
                + " file); make room there, or name another folder: export"
                + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
  }

  @Test
  void close_ofWhatACommandMade_removesAll() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "x");
    Scratch scratch = make();
    String line =
        """
        mkdir -p a/b/c; touch a/b/c/d; mkfifo pipe; ln -s ../outside link; ln -s nowhere dangling
        mkdir -p shut/in; touch shut/in/file; chmod 000 shut/in shut
        touch 'a b' '\033[31m' -- -f; mkdir removed-0
        i=0; while [ $i -lt 50 ]; do mkdir -p %1$s; cd -P %1$s; i=$((i + 1)); done
        """
            .formatted("deep".repeat(30));
    int code =
        new ProcessBuilder("/bin/sh", "-c", line)
            .directory(scratch.path().toFile())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isEqualTo(0);
    scratch.remove();
    assertThat(all()).containsExactly(outside);
    assertThat(Files.exists(outside.resolve("kept"))).isTrue();
    assertThat(warnings).isEmpty();
  }

  @Test
  void close_whereTheCommandRemovedIt_isNoError() throws Exception {
    Scratch scratch = make();
    Files.delete(scratch.path().resolve("lock"));
    Files.delete(scratch.path());
    scratch.remove();
    assertThat(warnings).isEmpty();
  }
}
