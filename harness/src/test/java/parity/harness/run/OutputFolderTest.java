package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;

final class OutputFolderTest {
  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private static List<String> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void publish_whole_movesAllInPlace() throws IOException {
    write(out().resolve("report.json"), "earlier");
    try (OutputFolder output = OutputFolder.open(out())) {
      Files.writeString(output.file("report.json"), "new");
      Files.writeString(output.file("a.log"), "log");
      assertThat(Files.readString(out().resolve("report.json"))).isEqualTo("earlier");
      output.publish();
    }
    assertThat(listing(out())).containsExactly("a.log", "report.json");
    assertThat(Files.readString(out().resolve("report.json"))).isEqualTo("new");
  }

  @Test
  void close_withoutPublish_leavesEarlierResultsAndNothingElse() throws IOException {
    write(out().resolve("report.json"), "earlier");
    try (OutputFolder output = OutputFolder.open(out())) {
      Files.writeString(output.file("report.json"), "half");
    }
    assertThat(listing(out())).containsExactly("report.json");
    assertThat(Files.readString(out().resolve("report.json"))).isEqualTo("earlier");
  }

  @Test
  void open_leftoversOfTheDead_areRemovedAndOfTheLivingKept() throws IOException {
    long dead = Long.MAX_VALUE / 100;
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    write(out().resolve(".parity-unfinished-" + dead).resolve("half"), "half");
    write(out().resolve(".parity-unfinished-" + alive).resolve("half"), "half");
    write(out().resolve(".parity-unfinished-mine").resolve("note"), "note");
    OutputFolder.open(out()).close();
    assertThat(listing(out()))
        .containsExactly(".parity-unfinished-" + alive, ".parity-unfinished-mine");
  }

  @Test
  void open_leftoversOfAnEarlierProcessWithOurId_areRemoved() throws IOException {
    Path ours = out().resolve(".parity-unfinished-" + ProcessHandle.current().pid());
    write(ours.resolve("half"), "half");
    try (OutputFolder output = OutputFolder.open(out())) {
      assertThat(Files.exists(output.file("half"))).isFalse();
      output.publish();
    }
    assertThat(listing(out())).isEmpty();
  }

  @Test
  void open_fileOrBelowAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    for (Path wrong : new Path[] {file, file.resolve("below")}) {
      BadInputException refused =
          assertThrows(BadInputException.class, () -> OutputFolder.open(wrong));
      assertThat(refused).hasMessageThat().startsWith(wrong + ": ");
      assertThat(refused).hasMessageThat().contains("give --out");
    }
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void keep_fileOfTheCapture_standsAmongTheResults() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "captured");
    try (OutputFolder output = OutputFolder.open(out())) {
      output.keep(source, "debug_artifacts.safetensors");
      output.publish();
    }
    assertThat(Files.readString(out().resolve("debug_artifacts.safetensors")))
        .isEqualTo("captured");
    assertThat(Files.readString(source)).isEqualTo("captured");
  }

  @Test
  void keep_fileThatStandsThereAlready_isLeftAlone() throws IOException {
    Path there = out().resolve("debug_artifacts.safetensors");
    write(there, "captured");
    try (OutputFolder output = OutputFolder.open(out())) {
      output.keep(there, "debug_artifacts.safetensors");
      assertThat(listing(output.file(""))).isEmpty();
      output.publish();
    }
    assertThat(Files.readString(there)).isEqualTo("captured");
  }

  @Test
  void keep_linkToTheCapture_keepsTheFileAndNotTheLink() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "captured");
    Path link = Files.createSymbolicLink(folder.resolve("link"), source);
    try (OutputFolder output = OutputFolder.open(out())) {
      output.keep(link, "kept");
      output.publish();
    }
    assertThat(Files.isSymbolicLink(out().resolve("kept"))).isFalse();
    assertThat(Files.readString(out().resolve("kept"))).isEqualTo("captured");
  }

  @Test
  void keep_nothingToKeep_removesWhatAnEarlierCaptureLeft() throws IOException {
    write(out().resolve("taps_flow.safetensors"), "of another capture");
    try (OutputFolder output = OutputFolder.open(out())) {
      output.keep(folder.resolve("taps_flow.safetensors"), "taps_flow.safetensors");
      assertThat(listing(out())).contains("taps_flow.safetensors");
      output.publish();
    }
    assertThat(listing(out())).isEmpty();
  }

  @Test
  void publish_resultThatCannotBeReplaced_isRefused() throws IOException {
    write(out().resolve("report.json").resolve("inside"), "a folder in its place");
    try (OutputFolder output = OutputFolder.open(out())) {
      Files.writeString(output.file("report.json"), "new");
      BadInputException refused = assertThrows(BadInputException.class, output::publish);
      assertThat(refused).hasMessageThat().contains(out().toString());
    }
    assertThat(listing(out())).containsExactly("report.json");
  }
}
