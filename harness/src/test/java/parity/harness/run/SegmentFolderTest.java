package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;

final class SegmentFolderTest {
  @TempDir Path folder;

  private Path segment(int index) throws IOException {
    Path segment = Files.createDirectories(folder.resolve("segment_" + index));
    Files.writeString(segment.resolve(Capture.FULL), "segment " + index);
    return segment;
  }

  @Test
  void of_folderWithoutSegments_isTheFolder() throws IOException {
    assertThat(SegmentFolder.of(folder, 3)).isEqualTo(folder);
    Path none = folder.resolve("none");
    assertThat(SegmentFolder.of(none, 0)).isEqualTo(none);
    Files.createDirectories(folder.resolve("segment_one"));
    assertThat(SegmentFolder.of(folder, 1)).isEqualTo(folder);
  }

  @Test
  void of_segments_isTheOneThatWasAskedFor() throws IOException {
    for (int index : new int[] {0, 1, 10}) {
      Path segment = segment(index);
      assertThat(SegmentFolder.of(folder, index)).isEqualTo(segment);
    }
  }

  @Test
  void of_segmentThatIsNotThere_isRefusedAndSaysWhichAre() throws IOException {
    segment(10);
    segment(0);
    segment(2);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> SegmentFolder.of(folder, 1));
    assertThat(refused).hasMessageThat().contains("--segment-index 1: ");
    assertThat(refused).hasMessageThat().contains("holds segment 0, 2, 10");
  }

  @Test
  void of_folderWithACaptureOfItsOwn_isTheFolder() throws IOException {
    segment(0);
    Files.writeString(folder.resolve(Capture.FULL), "its own");
    assertThat(SegmentFolder.of(folder, 0)).isEqualTo(folder);
  }

  @Test
  void of_folderWithResultsOfASegment_isStillTheSegment() throws IOException {
    Files.createLink(folder.resolve(Capture.FULL), segment(0).resolve(Capture.FULL));
    assertThat(SegmentFolder.of(folder, 0)).isEqualTo(folder.resolve("segment_0"));
    segment(1);
    assertThat(SegmentFolder.of(folder, 1)).isEqualTo(folder.resolve("segment_1"));
  }
}
