package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publication that ends at any of its steps. */
class PublicationTest {
  private static final Set<String> VERDICT = Set.of("report.json", "report.html", "junit.xml");
  private static final Map<String, String> EARLIER =
      new TreeMap<>(
          Map.of(
              "report.json", "earlier",
              "report.html", "earlier",
              "junit.xml", "earlier",
              "test_llm.log", "earlier",
              "taps_llm.safetensors", "earlier",
              "mine.txt", "the person's"));
  private static final Map<String, String> NEW =
      new TreeMap<>(
          Map.of(
              "report.json", "new",
              "report.html", "new",
              "junit.xml", "new",
              "test_llm.log", "new",
              "native.wav", "new",
              "mine.txt", "the person's"));

  @TempDir Path folder;

  /** The end of the process: nothing is cleaned up after it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** The set that a reader finds. */
  private static SortedMap<String, String> read(Path folder) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".parity-") && Files.exists(file)) {
          found.put(name, Files.readString(file));
        }
      }
    }
    return found;
  }

  private static boolean isLinkedResult(Path file) {
    return Files.isSymbolicLink(file) && !file.getFileName().toString().startsWith(".parity-");
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static Path made(Path folder, Map<String, String> files) throws IOException {
    Path made = folder.resolve(".parity-unfinished-" + ProcessHandle.current().pid());
    Map<String, String> ours = new TreeMap<>(files);
    ours.remove("mine.txt");
    write(made, ours);
    return made;
  }

  /**
   * Publishes the new set over the earlier one, and ends before that step; whether it got there.
   */
  private boolean killed(Path out, boolean links, int at) throws IOException {
    write(out, EARLIER);
    Path made = made(out, NEW);
    int[] step = {0};
    try {
      Publication.run(
          out,
          made,
          List.of("taps_llm.safetensors", "never_there"),
          links,
          () -> {
            if (step[0]++ == at) {
              throw new Killed();
            }
          });
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  @Test
  void run_endedAtAnyStep_leavesTheEarlierSetOrTheNewOne() throws IOException {
    int at = 0;
    int earlier = 0;
    boolean more = true;
    while (more) {
      Path out = folder.resolve("out" + at);
      more = killed(out, true, at);
      SortedMap<String, String> found = read(out);
      assertWithMessage("step %s", at).that(found).isAnyOf(EARLIER, NEW);
      assertThat(Publication.isInterrupted(out)).isFalse();
      earlier += found.equals(EARLIER) ? 1 : 0;

      Publication.settle(out);
      assertWithMessage("settled, step %s", at).that(read(out)).isEqualTo(found);
      try (Stream<Path> files = Files.list(out)) {
        assertThat(files.filter(PublicationTest::isLinkedResult).toList()).isEmpty();
      }
      at++;
    }
    // Every file: its link to the earlier set, two steps to turn it; then as many to settle.
    assertThat(at).isGreaterThan(25);
    assertThat(earlier).isGreaterThan(15);
    assertThat(earlier).isLessThan(at - 5);
  }

  @Test
  void run_endedAtAnyStepAndThenRepeated_leavesNothingElse() throws IOException {
    for (int at = 0; at < 40; at++) {
      Path out = folder.resolve("out" + at);
      boolean more = killed(out, true, at);
      Publication.settle(out);
      OutputFolder.removeTree(out.resolve(".parity-unfinished-" + ProcessHandle.current().pid()));
      Path made = made(out, NEW);
      Publication.run(out, made, List.of("taps_llm.safetensors"));
      Files.delete(made);
      assertThat(read(out)).isEqualTo(NEW);
      try (Stream<Path> files = Files.list(out)) {
        assertThat(files.map(file -> file.getFileName().toString()).toList())
            .containsExactlyElementsIn(NEW.keySet());
      }
      if (!more) {
        break;
      }
    }
  }

  @Test
  void run_withoutLinksEndedAtAnyStep_leavesNoVerdictOfTwoSets() throws IOException {
    int at = 0;
    while (true) {
      Path out = folder.resolve("out" + at);
      boolean more = killed(out, false, at);
      SortedMap<String, String> found = read(out);
      boolean whole = found.equals(EARLIER) || found.equals(NEW);
      assertWithMessage("step %s", at).that(whole || Publication.isInterrupted(out)).isTrue();
      long sets =
          found.entrySet().stream()
              .filter(file -> VERDICT.contains(file.getKey()))
              .map(Map.Entry::getValue)
              .distinct()
              .count();
      assertWithMessage("step %s", at).that(sets).isAtMost(1);
      if (!more) {
        assertThat(found).isEqualTo(NEW);
        break;
      }
      at++;
    }
    assertThat(at).isGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_toItsEnd_leavesTheNewSetAndWhatWasNobodys(boolean links) throws IOException {
    Path out = folder.resolve("out");
    assertThat(killed(out, links, Integer.MAX_VALUE)).isFalse();
    assertThat(read(out)).isEqualTo(NEW);
    assertThat(Publication.isInterrupted(out)).isFalse();
  }

  @Test
  void run_aFolderInAFilesPlace_touchesNothing() throws IOException {
    Path out = folder.resolve("out");
    write(out, EARLIER);
    Files.delete(out.resolve("report.json"));
    Files.createDirectory(out.resolve("report.json"));
    Path made = made(out, NEW);
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> Publication.run(out, made, List.of()));
    assertThat(refused).hasMessageThat().contains("it is a folder");
    assertThat(Files.readString(out.resolve("junit.xml"))).isEqualTo("earlier");
  }
}
