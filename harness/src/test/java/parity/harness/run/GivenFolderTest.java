package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Samples;
import parity.tensors.BadInputException;

/** A folder that is not what it is given for is refused by its own name. */
final class GivenFolderTest {
  @TempDir Path folder;

  private static void assertRefused(String said, Executable given) {
    BadInputException refused = assertThrows(BadInputException.class, given);
    assertThat(refused).hasMessageThat().startsWith(said);
    assertThat(refused).hasMessageThat().contains("; give ");
  }

  private Path holding(String... files) throws IOException {
    Path holder = Files.createTempDirectory(folder, "holder");
    for (String file : files) {
      Path path = holder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
    return holder;
  }

  @Test
  void requireAny_missingOrFileOrEmpty_saysWhich() throws IOException {
    Path missing = folder.resolve("missing");
    Path file = holding("file").resolve("file");
    Path empty = holding();
    assertRefused("--m " + missing + ": no such", () -> GivenFolder.requireModel(missing, "--m"));
    assertRefused("--m " + file + ": is a file", () -> GivenFolder.requireModel(file, "--m"));
    assertRefused("--m " + empty + ": is empty", () -> GivenFolder.requireModel(empty, "--m"));
    assertRefused("-a " + missing + ": no such", () -> GivenFolder.requireCapture(missing, "-a"));
    assertRefused("-a " + file + ": is a file", () -> GivenFolder.requireCapture(file, "-a"));
    assertRefused("-a " + empty + ": is empty", () -> GivenFolder.requireCapture(empty, "-a"));
    assertRefused("-c " + missing + ": no such", () -> GivenFolder.requireDumps(missing, "-c"));
    assertRefused("-c " + empty + ": is empty", () -> GivenFolder.requireDumps(empty, "-c"));
  }

  @Test
  void requireCapture_interrupted_saysSo() throws IOException {
    Path made = holding(".parity-unfinished-123/taps_llm.safetensors");
    Path replaced = holding(".parity-publishing", "frontend_artifacts.safetensors");
    for (Path interrupted : new Path[] {made, replaced}) {
      BadInputException refused =
          assertThrows(
              BadInputException.class, () -> GivenFolder.requireCapture(interrupted, "-a"));
      assertThat(refused).hasMessageThat().contains(interrupted + ": a capture was interrupted");
      assertThat(refused).hasMessageThat().endsWith("capture again");
    }
    Path whole = holding(".parity-unfinished-123/half", "debug_artifacts.safetensors");
    GivenFolder.requireCapture(whole, "-a");
  }

  @Test
  void requireModel_otherKinds_saysWhatItIs() throws IOException {
    GivenFolder.requireModel(Samples.MODEL, "--m");
    Path capture = holding("debug_artifacts.safetensors");
    Path segments = holding("segment_0/frontend_artifacts.safetensors");
    Path earlier = holding("cosyvoice2.yaml");
    Path above = holding("Fun-CosyVoice3-0.5B/cosyvoice3.yaml");
    Path other = holding("notes.txt");
    assertRefused(
        "--m %s: is a capture, not a model; give it with --artifacts".formatted(capture),
        () -> GivenFolder.requireModel(capture, "--m"));
    assertRefused(
        "--m " + segments + ": is a capture", () -> GivenFolder.requireModel(segments, "--m"));
    assertRefused(
        "--m " + earlier + ": is a model of an earlier version (cosyvoice2.yaml)",
        () -> GivenFolder.requireModel(earlier, "--m"));
    assertRefused(
        "--m %s: holds a model in %s".formatted(above, above.resolve("Fun-CosyVoice3-0.5B")),
        () -> GivenFolder.requireModel(above, "--m"));
    assertRefused(
        "--m " + other + ": holds no cosyvoice3.yaml",
        () -> GivenFolder.requireModel(other, "--m"));
  }

  @Test
  void requireCapture_otherKinds_saysWhatItIs() throws IOException {
    GivenFolder.requireCapture(Samples.CAPTURE, "--a");
    GivenFolder.requireCapture(holding("frontend_artifacts.safetensors"), "--a");
    GivenFolder.requireCapture(holding("segment_3/debug_artifacts.safetensors"), "--a");
    Path many = holding("seed_1/debug_artifacts.safetensors", "seed_0/debug_artifacts.safetensors");
    Path other = holding("notes.txt");
    assertRefused(
        "--a %s: is a model, not a capture; give it with --model-dir".formatted(Samples.MODEL),
        () -> GivenFolder.requireCapture(Samples.MODEL, "--a"));
    assertRefused(
        "--a %s: is no capture, but %s is one".formatted(many, many.resolve("seed_0")),
        () -> GivenFolder.requireCapture(many, "--a"));
    assertRefused(
        "--a " + other + ": holds no capture", () -> GivenFolder.requireCapture(other, "--a"));
  }

  @Test
  void requireDumps_noTensorFile_saysWhatItIs() throws IOException {
    GivenFolder.requireDumps(holding("flow.npz"), "--c");
    GivenFolder.requireDumps(holding("a.safetensors", "notes.txt"), "--c");
    Path other = holding("dump.bin");
    assertRefused(
        "--c " + Samples.MODEL + ": is a model",
        () -> GivenFolder.requireDumps(Samples.MODEL, "--c"));
    assertRefused(
        "--c " + other + ": holds no .safetensors, .npz, .npy or .pt",
        () -> GivenFolder.requireDumps(other, "--c"));
  }
}
