package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.primitives.Floats;
import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.tensors.BadInputException;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

class CosyVoice3Test {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path MODEL = SAMPLES.resolve("model");
  private static final Path PROMPT = SAMPLES.resolve("prompt.wav");
  private static final String PROMPT_TEXT = "The quick brown fox jumps.";
  private static final int SEED = 869; // of the capture
  private static final String TEXT = "Hello! This is a test for parity verification.";
  private static final String SENTENCE =
      "One sentence after the other is said, and all of them are long enough to count. ";
  private static final String LONG = SENTENCE.repeat(9);

  private static CosyVoice3 model;
  private static Voice voice;

  @BeforeAll
  static void open() {
    model = CosyVoice3.open(MODEL, SynthesisOptions.upstream().withThreads(2));
    voice = model.voice(PROMPT, PROMPT_TEXT);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private record Heard(List<Float> samples, List<Integer> tokens, int chunks) {}

  private static Heard heard(CosyVoice3 speaker, SpeechRequest request) {
    List<Float> samples = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    int chunks = 0;
    try (SpeechStream speech = speaker.speak(request)) {
      for (SpeechChunk chunk : speech) {
        samples.addAll(Floats.asList(chunk.samples()));
        tokens.addAll(Ints.asList(chunk.tokens()));
        chunks++;
      }
    }
    return new Heard(samples, tokens, chunks);
  }

  private static Heard heard(SpeechRequest request) {
    return heard(model, request);
  }

  private static double snrDb(List<Float> expected, List<Float> actual) {
    assertThat(actual.size()).isEqualTo(expected.size());
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < expected.size(); i++) {
      double difference = (double) expected.get(i) - actual.get(i);
      signal += (double) expected.get(i) * expected.get(i);
      noise += difference * difference;
    }
    return 10 * Math.log10(signal / noise);
  }

  /** With two frames a token; else upstream says a frame twice, or leaves one out, in a stream. */
  private static Voice trimmed() {
    ZeroShotPrompt cut = ZeroShotPrompt.trim(voice.speechTokens(), voice.speechFeat());
    return new Voice(
        cut.speechToken(), cut.speechFeat(), voice.embedding(), voice.promptText(), voice.model());
  }

  private static String refusal(SpeechRequest request) {
    return String.valueOf(
        assertThrows(BadInputException.class, () -> model.speak(request).close()).getMessage());
  }

  @Test
  void speak_sameSeedAsPython_saysTheSame() {
    try (TensorFile capture =
        Safetensors.open(SAMPLES.resolve("capture").resolve("debug_artifacts.safetensors"))) {
      Heard heard = heard(SpeechRequest.zeroShot(TEXT, voice).withSeed(SEED));
      assertThat(heard.tokens())
          .containsExactlyElementsIn(Ints.asList(capture.get("token").toInts()))
          .inOrder();
      assertThat(
              snrDb(Floats.asList(capture.get("python_audio_output").toFloats()), heard.samples()))
          .isAtLeast(50.0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Delivery.class,
      names = {"STREAMED", "STREAMED_IN_BLOCKS"})
  void speak_streamed_comesInChunksAndIsAsLong(Delivery delivery) {
    SpeechRequest request = SpeechRequest.voiceConversion(PROMPT, trimmed());
    Heard whole = heard(request);
    Heard streamed = heard(request.withDelivery(delivery));
    assertThat(streamed.chunks()).isAtLeast(2);
    assertThat(streamed.tokens()).isEqualTo(whole.tokens());
    assertThat(streamed.samples().size()).isEqualTo(whole.samples().size());
    assertThat(whole.samples().size()).isEqualTo(whole.tokens().size() * 960);
  }

  @Test
  void speak_longText_isSpokenInSegments() {
    try (SpeechStream speech = model.speak(SpeechRequest.zeroShot(LONG, voice).withSeed(3))) {
      assertThat(speech.segments().size()).isAtLeast(3);
      List<Integer> segments = new ArrayList<>();
      for (SpeechChunk chunk : speech) {
        assertThat(chunk.endsSegment()).isTrue();
        segments.add(chunk.segment());
      }
      assertThat(segments).isInStrictOrder();
      assertThat(segments).hasSize(speech.segments().size());
      assertThat(speech.times().tokens()).isGreaterThan(0);
    }
  }

  @Test
  void speak_withoutTextFrontend_isOneSegmentAsItStands() {
    var request = SpeechRequest.zeroShot(LONG + "42", voice).withSeed(3).withoutTextFrontend();
    try (SpeechStream speech = model.speak(request)) {
      assertThat(speech.segments()).containsExactly(LONG + "42");
    }
  }

  @Test
  void speak_twiceAsFast_isHalfAsLong() {
    SpeechRequest request = SpeechRequest.voiceConversion(PROMPT, voice);
    int frames = heard(request).samples().size() / 480;
    assertThat(heard(request.withSpeed(2)).samples().size()).isEqualTo(frames / 2 * 480);
    assertThat(heard(request.withSpeed(0.7)).samples().size())
        .isEqualTo(((int) (frames / 0.7)) * 480);
  }

  @Test
  void speak_withoutSeed_saysWithWhichItSpoke() {
    SpeechRequest request = SpeechRequest.zeroShot(TEXT + " " + TEXT, voice);
    try (SpeechStream speech = model.speak(request)) {
      List<Float> first = new ArrayList<>();
      speech.forEach(chunk -> first.addAll(Floats.asList(chunk.samples())));
      assertThat(heard(request.withSeed(speech.seed())).samples().equals(first)).isTrue();
    }
  }

  @Test
  void speak_severalThreadsAtOnce_sayWhatTheyWouldAlone() throws Exception {
    List<SpeechRequest> requests =
        List.of(
            SpeechRequest.zeroShot(TEXT, voice).withSeed(SEED),
            SpeechRequest.crossLingual(TEXT, voice).withSeed(5),
            SpeechRequest.instruct2(TEXT, "Speak slowly.", voice).withSeed(7),
            SpeechRequest.voiceConversion(PROMPT, voice).withDelivery(Delivery.STREAMED));
    List<Heard> alone = requests.stream().map(CosyVoice3Test::heard).toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(requests.size())) {
      List<Callable<Heard>> tasks = new ArrayList<>();
      requests.forEach(request -> tasks.add(() -> heard(request)));
      List<Heard> together = new ArrayList<>();
      for (Future<Heard> future : pool.invokeAll(tasks)) {
        together.add(future.get());
      }
      assertThat(together.equals(alone)).isTrue();
    }
  }

  @Test
  void notes_systemPromptLeftOut_sayWhatWasAdded() {
    try (SpeechStream zeroShot = model.speak(SpeechRequest.zeroShot(TEXT, voice));
        SpeechStream foreign = model.speak(SpeechRequest.crossLingual(TEXT, voice));
        SpeechStream told = model.speak(SpeechRequest.instruct2(TEXT, "Sing.", voice))) {
      assertThat(zeroShot.notes())
          .containsExactly(
              "added to the prompt's text: You are a helpful assistant.<|endofprompt|>");
      assertThat(foreign.notes())
          .containsExactly("added to the text: You are a helpful assistant.<|endofprompt|>");
      assertThat(foreign.segments()).containsExactly(TEXT);
      assertThat(told.notes())
          .containsExactly(
              "added to the instruction: You are a helpful assistant. ...<|endofprompt|>");
    }
  }

  @Test
  void notes_completeTexts_sayNothing() {
    String system = "You are a helpful assistant.<|endofprompt|>";
    Voice complete = voice.withPromptText(system + PROMPT_TEXT);
    try (SpeechStream zeroShot = model.speak(SpeechRequest.zeroShot(TEXT, complete));
        SpeechStream foreign = model.speak(SpeechRequest.crossLingual(system + TEXT, voice))) {
      assertThat(zeroShot.notes()).isEmpty();
      assertThat(foreign.notes()).isEmpty();
      assertThat(foreign.segments()).containsExactly(TEXT);
    }
  }

  @Test
  void notes_textMuchShorterThanThePrompts_warn() {
    try (SpeechStream speech = model.speak(SpeechRequest.zeroShot("Hi there.", voice))) {
      assertThat(speech.notes().getLast())
          .startsWith("'Hi there.' is less than half as long as the prompt's text");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n", "...", "。！"})
  void speak_nothingToSay_isRefused(String text) {
    assertThat(refusal(SpeechRequest.zeroShot(text, voice))).contains("nothing to say");
    assertThat(refusal(SpeechRequest.crossLingual(text, voice))).contains("nothing to say");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Say <|this|>.", "Say<|endofprompt this."})
  void speak_whatIsNoSpecialToken_isRefused(String text) {
    assertThat(refusal(SpeechRequest.zeroShot(text, voice))).startsWith("text: ");
    assertThat(refusal(SpeechRequest.crossLingual(text, voice))).startsWith("text: ");
  }

  @Test
  void speak_systemPromptAlone_isRefused() {
    assertThat(refusal(SpeechRequest.crossLingual("Sing.<|endofprompt|> ", voice)))
        .contains("nothing to say");
  }

  @Test
  void speak_voiceThatKnowsNoWords_isRefusedZeroShotOnly() {
    Voice wordless = model.voice(PROMPT, Optional.empty());
    assertThat(refusal(SpeechRequest.zeroShot(TEXT, wordless)))
        .isEqualTo(
            "the voice does not know what is said in its recording, which zero-shot needs; give the"
                + " words (--prompt-text), or speak cross-lingual");
    assertThat(heard(SpeechRequest.crossLingual(TEXT, wordless).withSeed(5)).samples())
        .isNotEmpty();
  }

  @Test
  void request_speedThatCannotBe_isRefused() {
    SpeechRequest request = SpeechRequest.zeroShot(TEXT, voice);
    for (double speed : new double[] {0, -1, 0.09, 11, Double.NaN}) {
      assertThat(assertThrows(BadInputException.class, () -> request.withSpeed(speed)))
          .hasMessageThat()
          .isEqualTo("speed " + speed + ": expected a factor from 0.1 to 10");
    }
    SpeechRequest streamed = request.withDelivery(Delivery.STREAMED);
    assertThat(assertThrows(BadInputException.class, () -> streamed.withSpeed(2)))
        .hasMessageThat()
        .isEqualTo("speed 2.0: speech that is streamed cannot be stretched; leave out one of both");
  }

  @Test
  void close_halfWay_endsTheSpeechAndFreesTheModelForOthers() {
    SpeechRequest request =
        SpeechRequest.voiceConversion(PROMPT, voice).withDelivery(Delivery.STREAMED);
    SpeechStream speech = model.speak(request);
    Iterator<SpeechChunk> chunks = speech.iterator();
    assertThat(chunks.next().endsSegment()).isFalse();
    speech.close();
    speech.close();
    assertThrows(CancellationException.class, chunks::next);
    assertThat(heard(request).samples()).isNotEmpty();
  }

  @Test
  void close_fromAnotherThread_endsBeforeTheSpeechDoes() throws Exception {
    for (Delivery delivery : Delivery.values()) {
      SpeechStream speech =
          model.speak(
              SpeechRequest.zeroShot(SENTENCE.repeat(400), voice)
                  .withSeed(3)
                  .withDelivery(delivery));
      try (ExecutorService other = Executors.newSingleThreadExecutor()) {
        Future<Integer> chunks =
            other.submit(() -> {
              int count = 0;
              for (SpeechChunk chunk : speech) {
                count += chunk.segment() >= 0 ? 1 : 0;
              }
              return count;
            });
        while (speech.times().tokens() == 0) {
          Thread.onSpinWait();
        }
        speech.close();
        ExecutionException ended = assertThrows(ExecutionException.class, chunks::get);
        assertThat(ended).hasCauseThat().isInstanceOf(CancellationException.class);
      }
    }
  }

  @Test
  void close_ofTheModel_closesWhatItSpeaks() {
    CosyVoice3 other = CosyVoice3.open(MODEL, SynthesisOptions.upstream().withThreads(1));
    SpeechStream speech = other.speak(SpeechRequest.zeroShot(LONG, voice).withSeed(3));
    Iterator<SpeechChunk> chunks = speech.iterator();
    chunks.next();
    other.close();
    other.close();
    assertThrows(CancellationException.class, chunks::next);
    speech.close();
    assertThrows(
        IllegalStateException.class, () -> other.speak(SpeechRequest.zeroShot(TEXT, voice)));
  }

  @Test
  void iterator_secondTimeOrPastTheEnd_isRefused() {
    try (SpeechStream speech = model.speak(SpeechRequest.crossLingual(TEXT, voice).withSeed(5))) {
      Iterator<SpeechChunk> chunks = speech.iterator();
      chunks.next();
      assertThat(chunks.hasNext()).isFalse();
      assertThrows(NoSuchElementException.class, chunks::next);
      assertThrows(IllegalStateException.class, speech::iterator);
    }
  }

  @Test
  void open_folderWithoutALanguageModel_isRefused() {
    var other = SynthesisOptions.upstream().withLlm("llm.rl.pt");
    assertThat(assertThrows(BadInputException.class, () -> CosyVoice3.open(MODEL, other)))
        .hasMessageThat()
        .contains("llm.rl.pt");
  }

  @Test
  void sampleRate_sample_is24kHz() {
    assertWithMessage("Hz").that(model.sampleRate()).isEqualTo(24_000);
  }
}
