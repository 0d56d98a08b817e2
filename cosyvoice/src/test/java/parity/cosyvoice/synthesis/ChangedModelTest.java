package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;

/** A model folder whose files change while somebody speaks: an exception, and no dead process. */
class ChangedModelTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final String SENTENCE =
      "This is one of five sentences, which make more than a chunk. ";

  private static Voice voice;

  @TempDir Path model;

  @BeforeAll
  static void listen() {
    try (CosyVoice3 speaker = CosyVoice3.open(SAMPLES.resolve("model"))) {
      voice = speaker.voice(SAMPLES.resolve("prompt.wav"), "The quick brown fox jumps.");
    }
  }

  @BeforeEach
  void copy() throws IOException {
    Path from = SAMPLES.resolve("model");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path to = model.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
  }

  private static SpeechRequest request(int sentences) {
    return SpeechRequest.zeroShot(SENTENCE.repeat(sentences), voice).withSeed(0);
  }

  private static void shorten(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm.pt", "flow.pt", "hift.pt"})
  void speak_weightsShortenedBetweenUtterances_throws(String name) throws IOException {
    try (CosyVoice3 speaker = CosyVoice3.open(model)) {
      try (SpeechStream speech = speaker.speak(request(1))) {
        speech.forEach(chunk -> {});
      }
      shorten(model.resolve(name));
      try (SpeechStream speech = speaker.speak(request(1))) {
        BadInputException refused =
            assertThrows(BadInputException.class, () -> speech.forEach(chunk -> {}));
        assertThat(refused).hasMessageThat().startsWith(model.resolve(name) + ": had ");
      }
    }
  }

  @Test
  void speak_weightsShortenedBetweenChunks_throws() throws IOException {
    try (CosyVoice3 speaker = CosyVoice3.open(model)) {
      try (SpeechStream speech = speaker.speak(request(5).withDelivery(Delivery.STREAMED))) {
        Iterator<SpeechChunk> chunks = speech.iterator();
        chunks.next();
        assertThat(chunks.hasNext()).isTrue();
        shorten(model.resolve("flow.pt"));
        BadInputException refused =
            assertThrows(BadInputException.class, () -> chunks.forEachRemaining(chunk -> {}));
        assertThat(refused).hasMessageThat().startsWith(model.resolve("flow.pt") + ": had ");
      }
    }
  }
}
