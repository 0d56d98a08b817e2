package parity.cosyvoice.synthesis;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import parity.cosyvoice.frontend.Frontend;
import parity.cosyvoice.frontend.FrontendArtifacts;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;

/**
 * A CosyVoice3 that speaks: {@code cli/cosyvoice.py}.
 *
 * <p>Safe for use by several threads, each with requests of its own: language models run side by
 * side, flow and vocoder in turn. What the weights take is there once for all. Closing it closes
 * all speech that is still in the making.
 */
public final class CosyVoice3 implements AutoCloseable {
  /** A recording whose loudest sample is less than this, -60 dB of full scale, is silent. */
  private static final float SILENCE = 1e-3f;

  /** Seeds that nobody chose are kept short, so that they can be typed again. */
  private static final int SEEDS = 1_000_000;

  private final Parts parts;
  private final Set<SpeechStream> speaking = new LinkedHashSet<>();
  private boolean closed;

  private CosyVoice3(Parts parts) {
    this.parts = parts;
  }

  /**
   * Opens a model folder as released, to run as upstream does on all processors.
   *
   * @throws BadInputException if a file is missing, damaged, or not CosyVoice3's
   */
  public static CosyVoice3 open(Path modelDir) {
    return open(modelDir, SynthesisOptions.upstream());
  }

  /** As {@link #open(Path)}, to run otherwise. */
  public static CosyVoice3 open(Path modelDir, SynthesisOptions options) {
    return new CosyVoice3(new Parts(modelDir, options));
  }

  /** Samples a second of what it speaks. */
  public int sampleRate() {
    return parts.config().sampleRate();
  }

  /**
   * Listens to a recording of somebody who speaks, WAV or FLAC, up to 30 s. This takes the two ONNX
   * models, a gigabyte, for as long as it lasts; keep the voice, or {@link Voice#save} it.
   *
   * @param promptText what is said in it; without that the voice cannot speak zero-shot
   * @throws BadInputException if the recording cannot be used, or is silent
   */
  public Voice voice(Path promptWav, Optional<String> promptText) {
    try (Frontend frontend = parts.openFrontend();
        Arena own = Arena.ofConfined()) {
      FrontendArtifacts artifacts = frontend.run(promptWav, own);
      requireSound(promptWav, artifacts.speech16k());
      return Voice.of(artifacts, promptText, parts.fingerprint());
    }
  }

  /** As {@link #voice(Path, Optional)}, of a recording whose words are known. */
  public Voice voice(Path promptWav, String promptText) {
    return voice(promptWav, Optional.of(promptText));
  }

  /**
   * Reads a voice that was saved.
   *
   * @throws BadInputException if the file is no voice, or one of another model
   */
  public Voice loadVoice(Path file) {
    return VoiceFile.read(file, parts.config(), parts.fingerprint());
  }

  /**
   * Refuses a voice that this model could not speak with, so that nobody keeps it: what is found
   * here would else be found when it is to speak.
   *
   * @throws BadInputException if it is another model's, has a speech token that this one does not
   *     know, or words that the language model would read otherwise than they were meant
   */
  public void requireUsable(Voice voice) {
    requireOurs(voice);
    voice.promptText().ifPresent(said -> Segments.promptText(said, parts.text()));
    int[] tokens = voice.speechTokens().toInts();
    int known = parts.config().flow().vocabSize();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= known) {
        throw new BadInputException(
            "speech token %d of the voice is %d, but the flow knows 0 to %d; take both ONNX models and flow.pt from one release"
                .formatted(i, tokens[i], known - 1));
      }
    }
  }

  private void requireOurs(Voice voice) {
    if (!voice.model().equals(parts.fingerprint())) {
      throw new BadInputException(
          "the voice was made by another model; make it by this one, from its recording");
    }
  }

  private static void requireSound(Path wav, Tensor speech) {
    float peak = 0;
    for (long i = 0; i < speech.elements(); i++) {
      peak = Math.max(peak, Math.abs(speech.getFloat(i)));
    }
    if (peak < SILENCE) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: silence, its loudest sample is %.2g of full scale: expected a recording of somebody who speaks",
              wav,
              peak));
    }
  }

  /**
   * Begins to speak. The text is read now, the sound is made as the result is iterated over.
   *
   * @throws BadInputException if the request cannot be spoken
   */
  public SpeechStream speak(SpeechRequest request) {
    requireOpen();
    requireOurs(request.voice());
    long seed = request.seed().orElseGet(() -> RandomGenerator.getDefault().nextInt(SEEDS));
    SpeechStream stream =
        new SpeechStream(parts, request, seed, Segments.of(request, parts), this::forget);
    synchronized (speaking) {
      requireOpen();
      speaking.add(stream);
    }
    return stream;
  }

  private void requireOpen() {
    synchronized (speaking) {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
    }
  }

  private void forget(SpeechStream stream) {
    synchronized (speaking) {
      speaking.remove(stream);
    }
  }

  @Override
  public void close() {
    List<SpeechStream> open;
    synchronized (speaking) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(speaking);
    }
    open.forEach(SpeechStream::close);
    parts.close();
  }
}
