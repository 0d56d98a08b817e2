package parity.harness.speak;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.cosyvoice.audio.file.AudioFile;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

class SynthesizeTest {
  /** Of which at most 40 tokens can come. */
  private static final String SHORT = "Hi!";

  private static final String TEXT = "Hello! This is a test for parity verification.";

  @TempDir private Path folder;

  private static Parity speak(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("synthesize"));
    all.addAll(Arrays.asList(arguments));
    return Parity.run(all.toArray());
  }

  private static void assertRefused(String message, Object... arguments) {
    Parity run = speak(arguments);
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(3);
    assertThat(run.err().strip().lines().count()).isEqualTo(1);
    assertThat(run.err()).contains(message);
  }

  private static long samples(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(file, arena);
      assertThat(audio.sampleRate()).isEqualTo(24_000);
      return audio.speech().elements();
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void synthesize_sampleAsItStands_saysHowItWentAndLeavesOneFile() throws IOException {
    Path wav = folder.resolve("a.wav");
    Parity run = speak("--text", TEXT, "--seed", Samples.SEED, "-o", wav);
    assertWithMessage(run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("its weights are random");
    assertThat(run.out()).contains("added to the prompt's text: You are a helpful assistant.");
    assertThat(run.out())
        .containsMatch("segment 1 of 1: 0\\.24 s of speech in .* real-time factor");
    assertThat(run.out()).contains("seed " + Samples.SEED);
    assertThat(samples(wav)).isEqualTo(5_760);
    assertThat(left()).containsExactly("a.wav");
  }

  @Test
  void synthesize_json_isAllThatIsPrinted() {
    Path flac = folder.resolve("a.FLAC");
    JsonNode json = speak("--json", "--text", TEXT, "--seed", Samples.SEED, "--out", flac).json();
    assertThat(json.get("seed").asLong()).isEqualTo(Samples.SEED);
    assertThat(json.get("tokens").asLong()).isEqualTo(6);
    assertThat(json.get("seconds").asDouble()).isEqualTo(0.24);
    assertThat(json.get("segments").get(0).get("text").asText()).isEqualTo(TEXT);
    assertThat(samples(flac)).isEqualTo(5_760);
  }

  @Test
  void synthesize_voiceKeptAndUsedAgain_saysTheSame() throws IOException {
    Path voice = folder.resolve("fox.voice");
    Path first = folder.resolve("first.wav");
    Path second = folder.resolve("second.wav");
    assertThat(speak("--save-voice", voice).exitCode()).isEqualTo(0);
    speak("--text", SHORT, "--seed", 4, "-o", first);
    Parity again =
        speak(
            "--model-dir",
            Samples.MODEL,
            "--voice",
            voice,
            "--text",
            SHORT,
            "--seed",
            4,
            "-o",
            second);
    assertWithMessage(again.err()).that(again.exitCode()).isEqualTo(0);
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void synthesize_voiceThatCouldNotSpeak_isNotKept() throws IOException {
    Path voice = folder.resolve("bad.voice");
    Path wav = folder.resolve("a.wav");
    String notMeant = "Say <|this|>.";
    assertRefused(
        "the prompt's text: ",
        "--prompt-wav",
        Samples.WAV,
        "--prompt-text",
        notMeant,
        "--save-voice",
        voice);
    assertRefused("text: ", "--text", notMeant, "--save-voice", voice, "-o", wav);
    assertRefused("nothing to say", "--text", "...", "--save-voice", voice, "-o", wav);
    assertRefused(
        "the voice does not know what is said",
        "--model-dir",
        Samples.MODEL,
        "--prompt-wav",
        Samples.WAV,
        "--text",
        TEXT,
        "--save-voice",
        voice,
        "-o",
        wav);
    assertRefused(
        "cannot be written",
        "--text",
        TEXT,
        "--save-voice",
        voice,
        "-o",
        folder.resolve("no/a.wav"));
    assertThat(left()).isEmpty();
    assertThat(speak("--save-voice", voice).exitCode()).isEqualTo(0);
    Path again = folder.resolve("again.voice");
    assertRefused(
        "the prompt's text: ", "--voice", voice, "--prompt-text", notMeant, "--save-voice", again);
    assertThat(left()).containsExactly("bad.voice");
  }

  @Test
  void synthesize_voiceWithoutWords_isKeptAndSaysSo() {
    Parity run =
        speak(
            "--model-dir",
            Samples.MODEL,
            "--prompt-wav",
            Samples.WAV,
            "--save-voice",
            folder.resolve("v"));
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("so it cannot speak zero-shot");
  }

  @Test
  void synthesize_textFileWithAByteOrderMark_saysTheSameWithoutIt() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), TEXT);
    Path marked = Files.writeString(folder.resolve("marked.txt"), "\ufeff" + TEXT);
    Path first = folder.resolve("first.wav");
    Path second = folder.resolve("second.wav");
    for (String option : new String[] {"--speed=1", "--no-text-frontend"}) {
      speak("--text-file", plain, "--seed", Samples.SEED, option, "-o", first);
      Parity run = speak("--text-file", marked, "--seed", Samples.SEED, option, "-o", second);
      assertThat(run.out()).contains(": " + TEXT);
      assertThat(run.out()).doesNotContain("\ufeff");
      assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }
  }

  @Test
  void synthesize_otherModes_speak() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), SHORT + "\n");
    Path wav = folder.resolve("a.wav");
    for (Object[] mode :
        new Object[][] {
          {"--text-file", text, "--cross-lingual", "--seed", 5},
          {"--text", SHORT, "--instruct", "Speak slowly.", "--seed", 7},
          {"--source-wav", Samples.WAV, "--stream"},
          {"--source-wav", Samples.WAV, "--stream", "--last-chunk", "blocks"},
          {"--source-wav", Samples.WAV, "--speed", 1.5},
          {"--text", TEXT, "--seed", Samples.SEED, "--no-text-frontend"},
        }) {
      Object[] arguments = Stream.concat(Arrays.stream(mode), Stream.of("-o", wav)).toArray();
      Parity run = speak(arguments);
      assertWithMessage("%s%s", Arrays.toString(mode), run.err()).that(run.exitCode()).isEqualTo(0);
      assertThat(samples(wav)).isGreaterThan(0);
      Files.delete(wav);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--text, Hello., -o is missing: give a file for the sound",
    "-o, a.wav, 'nothing to say: give one of --text, --text-file and --source-wav'",
  })
  void synthesize_halfARequest_isRefused(String option, String value, String message) {
    assertRefused(message, option, value);
  }

  @Test
  void synthesize_wrongRequests_areRefused() throws IOException {
    Path wav = folder.resolve("a.wav");
    assertRefused("too much to say", "--text", "a", "--text-file", "b", "-o", wav);
    assertRefused(
        "three ways of speaking", "--text", "a", "--cross-lingual", "--instruct", "b", "-o", wav);
    assertRefused("neither .wav nor .flac", "--text", TEXT, "-o", folder.resolve("a.mp3"));
    assertRefused("is a folder", "--text", TEXT, "-o", folder, "--format", "wav");
    assertRefused("cannot be written", "--text", TEXT, "-o", folder.resolve("no/a.wav"));
    assertRefused("nothing to say", "--text", " ... ", "-o", wav);
    assertRefused("speed 20.0", "--text", TEXT, "--speed", 20, "-o", wav);
    assertRefused("cannot be stretched", "--text", TEXT, "--speed", 2, "--stream", "-o", wav);
    assertRefused("no voice", "--model-dir", Samples.MODEL, "--text", TEXT, "-o", wav);
    assertRefused(
        "two voices", "--prompt-wav", Samples.WAV, "--voice", "v", "--text", TEXT, "-o", wav);
    assertRefused("zero-shot needs", "--prompt-wav", Samples.WAV, "--text", TEXT, "-o", wav);
    assertRefused("llm.rl.pt", "--llm", "llm.rl.pt", "--text", TEXT, "-o", wav);
    assertRefused("missing.txt", "--text-file", folder.resolve("missing.txt"), "-o", wav);
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, 'b'});
    assertRefused("not UTF-8", "--text-file", latin, "-o", wav);
    assertThat(left()).containsExactly("latin.txt");
  }

  @Test
  void synthesize_failsHalfWay_leavesAnEarlierFileAsItWas() throws IOException {
    Path wav = Files.writeString(folder.resolve("a.wav"), "kept");
    assertRefused(
        "speech_tokenizer",
        "--model-dir",
        broken(),
        "--prompt-wav",
        Samples.WAV,
        "--prompt-text",
        "Fox.",
        "--text",
        TEXT,
        "-o",
        wav);
    assertThat(Files.readString(wav)).isEqualTo("kept");
  }

  private Path broken() throws IOException {
    Path model = Samples.copy(Samples.MODEL, folder.resolve("model"));
    Files.delete(model.resolve("speech_tokenizer_v3.onnx"));
    return model;
  }

  @Test
  void help_synthesize_showsHow() {
    Parity run = speak("--help");
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("./parity synthesize --model-dir D --prompt-wav W");
  }
}
