package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model folders of links speak as plain ones do: the frontend's models, the weights, and so on. */
final class ModelFolderLinksTest {
  private static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath().normalize();
  private static final Path MODEL = SAMPLES.resolve("model");
  private static List<Float> plain;

  @TempDir Path folder;

  @BeforeAll
  static void speakFromThePlainFolder() {
    plain = said(MODEL);
  }

  private static List<Float> said(Path modelDir) {
    List<Float> samples = new ArrayList<>();
    try (CosyVoice3 model = CosyVoice3.open(modelDir, SynthesisOptions.upstream().withThreads(1))) {
      Voice voice = model.voice(SAMPLES.resolve("prompt.wav"), "The quick brown fox jumps.");
      var request = SpeechRequest.zeroShot("Hello! This is a test.", voice).withSeed(3);
      try (SpeechStream speech = model.speak(request)) {
        speech.forEach(chunk -> samples.addAll(Floats.asList(chunk.samples())));
      }
    }
    return samples;
  }

  /** The cache of the Hugging Face hub: each file a relative link to a blob of another name. */
  private Path hubCache() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("snapshots").resolve("x"));
    try (Stream<Path> files = Files.walk(MODEL)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path name = MODEL.relativize(file);
        Path blob = blobs.resolve(Integer.toHexString(name.toString().hashCode()));
        Files.copy(file, blob);
        Path link = snapshot.resolve(name);
        Path folder = Objects.requireNonNull(link.getParent());
        Files.createDirectories(folder);
        Files.createSymbolicLink(link, folder.relativize(blob));
      }
    }
    return snapshot;
  }

  @Test
  void open_cacheOfTheHub_speaksAsThePlainFolder() throws IOException {
    assertThat(said(hubCache())).isEqualTo(plain);
  }

  @Test
  void open_linksToLinks_speaksAsThePlainFolder() throws IOException {
    Path snapshot = hubCache();
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Stream<Path> files = Files.list(snapshot)) {
      for (Path file : files.sorted().toList()) {
        Files.createSymbolicLink(other.resolve(file.getFileName()), file);
      }
    }
    assertThat(said(other)).isEqualTo(plain);
  }

  @Test
  void open_linkToTheFolder_speaksAsThePlainFolder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("model"), MODEL);
    assertThat(said(Files.createSymbolicLink(folder.resolve("again"), link))).isEqualTo(plain);
  }
}
