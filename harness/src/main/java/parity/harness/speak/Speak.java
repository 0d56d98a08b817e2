package parity.harness.speak;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.SpeechChunk;
import parity.cosyvoice.synthesis.SpeechRequest;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.cosyvoice.synthesis.Voice;
import parity.harness.console.Screen;
import parity.tensors.BadInputException;

/** Speaks what a person asked for, and tells how it goes. */
public final class Speak {
  private static final double NANOS = 1e9;

  private final SpeakRequest request;
  private final Screen screen;

  private Speak(SpeakRequest request, PrintWriter watcher) {
    this.request = request;
    this.screen = Screen.of(watcher);
  }

  /**
   * Speaks.
   *
   * @param watcher is told how it goes, a line for each segment
   * @return what was spoken; empty where only a voice was saved
   * @throws BadInputException if it cannot be spoken, or the sound cannot be written
   */
  public static Optional<Spoken> run(SpeakRequest request, PrintWriter watcher) {
    return new Speak(request, watcher).run();
  }

  private Optional<Spoken> run() {
    long start = System.nanoTime();
    try (CosyVoice3 model = CosyVoice3.open(request.modelDir(), request.options())) {
      Voice voice = voice(model);
      if (request.voice().saveTo().isPresent()) {
        model.requireUsable(voice);
      }
      if (request.said().isEmpty()) {
        keep(voice);
        return Optional.empty();
      }
      SpeechRequest wanted =
          new SpeechRequest(
              request.said().get(),
              voice,
              request.seed(),
              request.speed(),
              request.delivery(),
              request.textFrontend());
      return Optional.of(speak(model, wanted, start));
    }
  }

  private void keep(Voice voice) {
    request
        .voice()
        .saveTo()
        .ifPresent(file -> {
          voice.save(file);
          String words =
              voice.promptText().isPresent()
                  ? ""
                  : "; it does not know what is said in its recording (--prompt-text), so it cannot speak zero-shot";
          screen.line("voice kept in " + file + words);
        });
  }

  private Voice voice(CosyVoice3 model) {
    SpeakRequest.VoiceSource source = request.voice();
    if (source.recording().isPresent()) {
      return model.voice(source.recording().get(), source.promptText());
    }
    Voice saved = model.loadVoice(source.saved().orElseThrow());
    return source.promptText().map(saved::withPromptText).orElse(saved);
  }

  private Spoken speak(CosyVoice3 model, SpeechRequest wanted, long start) {
    List<Double> seconds = new ArrayList<>();
    int rate = model.sampleRate();
    try (SpeechStream speech = model.speak(wanted);
        SoundOutput output = SoundOutput.open(request.output().orElseThrow(), rate);
        TokenProgress progress = TokenProgress.of(speech, screen)) {
      progress.start();
      // A voice is kept once it is known that the request can be spoken.
      keep(wanted.voice());
      speech.notes().forEach(screen::line);
      double firstSound = -1;
      double segment = 0;
      long segmentStart = System.nanoTime();
      for (SpeechChunk chunk : speech) {
        output.write(chunk.samples());
        segment += chunk.samples().length / (double) rate;
        firstSound = firstSound < 0 ? (System.nanoTime() - start) / NANOS : firstSound;
        if (chunk.endsSegment()) {
          say(speech, seconds.size(), segment, (System.nanoTime() - segmentStart) / NANOS);
          seconds.add(segment);
          segment = 0;
          segmentStart = System.nanoTime();
        }
      }
      output.finish();
      return new Spoken(
          speech.segments(),
          seconds,
          speech.seed(),
          speech.times(),
          firstSound,
          (System.nanoTime() - start) / NANOS);
    }
  }

  private void say(SpeechStream speech, int segment, double sounds, double took) {
    screen.line(
        String.format(
            Locale.ROOT,
            "segment %d of %d: %.2f s of speech in %.2f s, real-time factor %.2f: %s",
            segment + 1,
            speech.segments().size(),
            sounds,
            took,
            took / sounds,
            speech.segments().get(segment)));
  }
}
