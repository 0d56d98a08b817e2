package parity.cosyvoice.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import parity.tensors.BadInputException;

/**
 * Reads {@code cosyvoice3.yaml} as data. The classes that it names are compared, never made; its
 * {@code !ref} arithmetic is done as hyperpyyaml does it. Parts for training only are passed over.
 *
 * <p>A default stands in for a key only where the constructor of the upstream class has it.
 */
public final class CosyVoiceConfigReader {
  public static final String FILE_NAME = "cosyvoice3.yaml";

  private CosyVoiceConfigReader() {}

  /**
   * The configuration of a model folder.
   *
   * @throws BadInputException if there is none, if it is not CosyVoice3's, or if a value is
   *     missing, wrong or does not go with another; the message names file, line and key
   */
  public static CosyVoiceConfig read(Path modelDir) {
    if (!Files.isDirectory(modelDir)) {
      throw new BadInputException(
          modelDir + " is no folder; expected a model folder with " + FILE_NAME);
    }
    Path path = modelDir.resolve(FILE_NAME);
    if (!Files.exists(path)) {
      throw new BadInputException(
          modelDir + " holds no " + FILE_NAME + ", so it is no CosyVoice3 model folder");
    }
    Section root = Section.root(YamlFile.read(path));
    LlmConfig llm = LlmReader.read(root);
    FlowConfig flow = FlowReader.read(root);
    HiftConfig hift = HiftReader.read(root, flow.outputSize());
    checkTokenizer(root);
    checkOrder(root);
    int sampleRate = root.whole("sample_rate", 1);
    MelConfig featExtractor = readMel(root, flow.outputSize());
    return new CosyVoiceConfig(sampleRate, flow.spkEmbedDim(), llm, flow, hift, featExtractor);
  }

  /** matcha/utils/audio.py, {@code mel_spectrogram}: only {@code center} has a default. */
  private static MelConfig readMel(Section root, int bands) {
    Section mel = root.tagged("feat_extractor", "!name:matcha.utils.audio.mel_spectrogram");
    MelConfig config =
        new MelConfig(
            mel.whole("n_fft", 1),
            mel.whole("num_mels", 1),
            mel.whole("sampling_rate", 1),
            mel.whole("hop_size", 1),
            mel.whole("win_size", 1),
            mel.number("fmin"),
            mel.isNull("fmax") ? OptionalDouble.empty() : OptionalDouble.of(mel.number("fmax")),
            mel.flag("center", false));
    mel.noOthers();
    if (config.winSize() > config.nFft()) {
      throw mel.bad("win_size", "is larger than n_fft, " + config.nFft());
    }
    if (config.numMels() != bands) {
      throw mel.bad("num_mels", "is " + config.numMels() + "; expected flow.output_size, " + bands);
    }
    return config;
  }

  /** tokenizer/tokenizer.py, {@code get_qwen_tokenizer}: the version decides the special tokens. */
  private static void checkTokenizer(Section root) {
    Section tokenizer =
        root.tagged("get_tokenizer", "!name:cosyvoice.tokenizer.tokenizer.get_qwen_tokenizer");
    tokenizer.oneOf("version", List.of("cosyvoice3"));
  }

  /**
   * The vocoder's noise is what the generator draws after the flow decoder has seeded it, in the
   * order in which hyperpyyaml makes the objects: that of the file. Another order is another noise.
   */
  private static void checkOrder(Section root) {
    List<String> made = root.keysTagged("!new:");
    int flow = made.indexOf("flow");
    if (made.indexOf("hift") != flow + 1) {
      throw root.bad("hift", "must be the next !new: object after flow, found " + made);
    }
    Section inside = root.mapping("flow");
    List<String> parts = inside.keysTagged("!new:");
    if (parts.indexOf("decoder") != parts.size() - 1) {
      throw inside.bad("decoder", "must be the last !new: object of flow, found " + parts);
    }
  }
}
