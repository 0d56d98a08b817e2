package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

class VoiceTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path PROMPT = SAMPLES.resolve("prompt.wav");

  @TempDir static Path folder;

  private static CosyVoice3 model;

  @BeforeAll
  static void open() {
    model = CosyVoice3.open(SAMPLES.resolve("model"));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(BadInputException.class, () -> model.loadVoice(file)).getMessage());
  }

  @Test
  void loadVoice_saved_isTheSameVoice() {
    Voice voice = model.voice(PROMPT, "The quick brown fox jumps.");
    Path file = folder.resolve("fox.voice");
    voice.save(file);
    Voice loaded = model.loadVoice(file);
    assertThat(loaded.promptText()).isEqualTo(voice.promptText());
    assertThat(loaded.speechTokens().toInts()).isEqualTo(voice.speechTokens().toInts());
    assertThat(loaded.speechFeat().toFloats()).isEqualTo(voice.speechFeat().toFloats());
    assertThat(loaded.embedding().toFloats()).isEqualTo(voice.embedding().toFloats());
  }

  @Test
  void loadVoice_withoutTheOnnxModels_needsNone() throws IOException {
    Path other = Files.createDirectories(folder.resolve("model"));
    for (String name : new String[] {"cosyvoice3.yaml", "llm.pt", "flow.pt", "hift.pt"}) {
      link(SAMPLES.resolve("model").resolve(name), other.resolve(name));
    }
    link(SAMPLES.resolve("model").resolve("CosyVoice-BlankEN"), other.resolve("CosyVoice-BlankEN"));
    Path file = folder.resolve("wordless.voice");
    model.voice(PROMPT, Optional.empty()).save(file);
    try (CosyVoice3 bare = CosyVoice3.open(other)) {
      assertThat(bare.loadVoice(file).promptText()).isEmpty();
      assertThat(assertThrows(BadInputException.class, () -> bare.voice(PROMPT, "Fox.")))
          .hasMessageThat()
          .contains("speech_tokenizer_v3.onnx");
    }
  }

  private static void link(Path from, Path to) throws IOException {
    Files.createSymbolicLink(to, from.toAbsolutePath());
  }

  @Test
  void loadVoice_ofAnotherModel_isRefused() {
    Voice voice = model.voice(PROMPT, Optional.empty());
    Voice foreign =
        new Voice(
            voice.speechTokens(),
            voice.speechFeat(),
            voice.embedding(),
            Optional.empty(),
            "0123456789abcdef");
    Path file = folder.resolve("foreign.voice");
    foreign.save(file);
    assertThat(refusal(file))
        .isEqualTo(
            file
                + ": a voice of another model: made for flow.pt 0123456789ab, this one is "
                + voice.model().substring(0, 12)
                + "; make it again from its recording");
    assertThat(
            assertThrows(
                BadInputException.class,
                () -> model.speak(SpeechRequest.crossLingual("Hello.", foreign))))
        .hasMessageThat()
        .startsWith("the voice was made by another model");
  }

  @Test
  void loadVoice_noVoice_isRefused() throws IOException {
    assertThat(refusal(SAMPLES.resolve("capture").resolve("frontend_artifacts.safetensors")))
        .contains(": no voice: its metadata says no format, expected format cosyvoice3-voice-1");
    Path text = Files.writeString(folder.resolve("text.voice"), "a voice");
    assertThat(refusal(text)).contains("text.voice");
    assertThat(refusal(folder.resolve("missing.voice"))).contains("missing.voice");
  }

  @Test
  void loadVoice_tensorOfAnotherForm_isRefused() {
    Path good = folder.resolve("good.voice");
    model.voice(PROMPT, Optional.empty()).save(good);
    try (TensorFile voice = Safetensors.open(good)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      voice.names().forEach(name -> tensors.put(name, voice.get(name)));
      tensors.put("speech_tokens", Tensor.ofInts(Shape.of(1, 0)));
      Path bad = folder.resolve("bad.voice");
      SafetensorsWriter.write(bad, tensors, voice.metadata());
      assertThat(refusal(bad)).contains(": speech_tokens is I32 [1, 0], which no voice has");
    }
  }

  @Test
  void voice_silence_isRefused() {
    Path silence = Recordings.tone(folder.resolve("silence.wav"), 2, 0);
    assertThat(assertThrows(BadInputException.class, () -> model.voice(silence, "Nothing.")))
        .hasMessageThat()
        .isEqualTo(
            silence
                + ": silence, its loudest sample is 0.0 of full scale: expected a recording of"
                + " somebody who speaks");
  }

  @Test
  void voice_30Seconds_isTheLongest() {
    Path longest = Recordings.tone(folder.resolve("longest.wav"), 30, 0.3);
    assertThat(model.voice(longest, "Aaa.").speechTokens().elements()).isEqualTo(750);
    Path longer = Recordings.tone(folder.resolve("longer.wav"), 30.1, 0.3);
    assertThat(assertThrows(BadInputException.class, () -> model.voice(longer, "Aaa.")))
        .hasMessageThat()
        .contains("30");
  }
}
