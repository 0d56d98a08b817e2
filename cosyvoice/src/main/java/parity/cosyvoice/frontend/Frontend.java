package parity.cosyvoice.frontend;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;
import parity.cosyvoice.audio.KaldiFbank;
import parity.cosyvoice.audio.MelSpectrogram;
import parity.cosyvoice.audio.Resampler;
import parity.cosyvoice.audio.WhisperMel;
import parity.cosyvoice.audio.file.AudioFile;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;

/**
 * The part of {@code CosyVoiceFrontEnd} ({@code cosyvoice/cli/frontend.py}) that is about sound:
 * from a prompt recording to speech tokens, speaker embedding and mel.
 */
public final class Frontend implements AutoCloseable {
  private static final int TOKEN_RATE = 16_000;
  private static final int FEAT_RATE = 24_000;

  private final SpeechTokenizer speechTokenizer;
  private final SpeakerEncoder speakerEncoder;
  private final WhisperMel whisperMel = new WhisperMel();
  private final KaldiFbank kaldiFbank = new KaldiFbank();
  private final MelSpectrogram featExtractor;

  private Frontend(
      SpeechTokenizer speechTokenizer,
      SpeakerEncoder speakerEncoder,
      MelSpectrogram featExtractor) {
    this.speechTokenizer = speechTokenizer;
    this.speakerEncoder = speakerEncoder;
    this.featExtractor = featExtractor;
  }

  /**
   * Opens {@code speech_tokenizer_v3.onnx} and {@code campplus.onnx} of a model folder.
   *
   * @throws BadInputException if one of them is missing or is not that model
   */
  public static Frontend open(Path modelDir, CosyVoiceConfig config) {
    MelSpectrogram featExtractor = new MelSpectrogram(config.featExtractor());
    SpeechTokenizer tokenizer = SpeechTokenizer.open(modelDir.resolve("speech_tokenizer_v3.onnx"));
    try {
      SpeakerEncoder encoder =
          SpeakerEncoder.open(modelDir.resolve("campplus.onnx"), config.spkEmbedDim());
      return new Frontend(tokenizer, encoder, featExtractor);
    } catch (BadInputException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Everything that upstream computes from a recording. As there, 16 kHz and 24 kHz are each
   * resampled from the file itself.
   *
   * @param arena where the results live
   * @throws BadInputException if the recording cannot be used ({@link AudioFile#read}) or is too
   *     short
   */
  public FrontendArtifacts run(Path wav, Arena arena) {
    try (Arena own = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(wav, own);
      return run(wav, audio, arena);
    }
  }

  private FrontendArtifacts run(Path wav, AudioFile audio, Arena arena) {
    Tensor speech16k = resample(audio, TOKEN_RATE, arena);
    Tensor speech24k = resample(audio, FEAT_RATE, arena);
    if (speech16k.elements() < KaldiFbank.WINDOW_SIZE
        || speech24k.elements() <= featExtractor.padding()) {
      throw tooShort(
          wav,
          audio,
          Math.max(
              (KaldiFbank.WINDOW_SIZE - 1) / (double) TOKEN_RATE,
              featExtractor.padding() / (double) FEAT_RATE));
    }
    Tensor mel = whisperMel.logMelSpectrogram(speech16k, arena);
    Tensor fbank = kaldiFbank.fbank(speech16k, arena);
    Tensor speechFeat = featExtractor.melSpectrogram(speech24k, arena);
    return new FrontendArtifacts(
        speech16k,
        speech24k,
        mel,
        fbank,
        speechFeat,
        speechTokenizer.run(mel, arena),
        speakerEncoder.run(fbank, arena));
  }

  /**
   * What upstream computes from a recording whose voice it converts.
   *
   * @param arena where the results live
   * @throws BadInputException if the recording cannot be used ({@link AudioFile#read}) or is too
   *     short
   */
  public SourceArtifacts source(Path wav, Arena arena) {
    try (Arena own = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(wav, own);
      Tensor speech16k = resample(audio, TOKEN_RATE, arena);
      if (speech16k.elements() <= WhisperMel.PADDING) {
        throw tooShort(wav, audio, WhisperMel.PADDING / (double) TOKEN_RATE);
      }
      Tensor mel = whisperMel.logMelSpectrogram(speech16k, arena);
      return new SourceArtifacts(speech16k, mel, speechTokenizer.run(mel, arena));
    }
  }

  private static BadInputException tooShort(Path wav, AudioFile audio, double seconds) {
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "%s: %d samples at %d Hz are too short for one frame, expected over %.4f s",
            wav,
            audio.speech().elements(),
            audio.sampleRate(),
            seconds));
  }

  /** {@code load_wav(wav, rate)}, in memory of the caller's. */
  private static Tensor resample(AudioFile audio, int rate, Arena arena) {
    Tensor speech = new Resampler(audio.sampleRate(), rate).resample(audio.speech(), arena);
    if (speech != audio.speech()) {
      return speech;
    }
    Tensor copy = Tensor.allocate(speech.dtype(), speech.shape(), arena);
    copy.data().copyFrom(speech.data());
    return copy;
  }

  @Override
  public void close() {
    speechTokenizer.close();
    speakerEncoder.close();
  }
}
