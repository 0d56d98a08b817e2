package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

/**
 * A voice as a safetensors file: {@code speech_tokens}, {@code speech_feat} and {@code
 * speaker_embedding}, named as in a capture's {@code frontend_artifacts}; of which model they are,
 * and what is said, is in its metadata.
 */
final class VoiceFile {
  private static final String FORMAT = "format";
  private static final String VERSION = "cosyvoice3-voice-1";
  private static final String MODEL = "model";
  private static final String PROMPT_TEXT = "prompt_text";
  private static final String TOKENS = "speech_tokens";
  private static final String FEAT = "speech_feat";
  private static final String EMBEDDING = "speaker_embedding";

  private VoiceFile() {}

  static void write(Path file, Voice voice) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(TOKENS, voice.speechTokens());
    tensors.put(FEAT, voice.speechFeat());
    tensors.put(EMBEDDING, voice.embedding());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put(MODEL, voice.model());
    voice.promptText().ifPresent(text -> metadata.put(PROMPT_TEXT, text));
    SafetensorsWriter.write(file, tensors, metadata);
  }

  /**
   * Reads a voice.
   *
   * @param model fingerprint of the model that is to speak
   * @throws BadInputException if the file is no voice, or one of another model
   */
  static Voice read(Path file, CosyVoiceConfig config, String model) {
    try (TensorFile tensors = Safetensors.open(file)) {
      Map<String, String> metadata = tensors.metadata();
      if (!VERSION.equals(metadata.get(FORMAT))) {
        throw new BadInputException(
            "%s: no voice: its metadata says %s, expected format %s; make one with --save-voice"
                .formatted(file, found(metadata), VERSION));
      }
      if (!model.equals(metadata.get(MODEL))) {
        throw new BadInputException(
            "%s: a voice of another model: made for flow.pt %.12s, this one is %.12s; make it again from its recording"
                .formatted(file, metadata.getOrDefault(MODEL, "unknown"), model));
      }
      return new Voice(
          get(tensors, TOKENS, DType.I32, 1, -1),
          get(tensors, FEAT, DType.F32, 1, -1, config.flow().outputSize()),
          get(tensors, EMBEDDING, DType.F32, 1, config.spkEmbedDim()),
          Optional.ofNullable(metadata.get(PROMPT_TEXT)),
          model);
    }
  }

  private static String found(Map<String, String> metadata) {
    return metadata.containsKey(FORMAT) ? "format " + metadata.get(FORMAT) : "no format";
  }

  /** A tensor of this type and shape, where an extent below 0 stands for any that is not 0. */
  private static Tensor get(TensorFile file, String name, DType dtype, long... dims) {
    Tensor tensor = file.get(name);
    boolean fits = tensor.dtype() == dtype && tensor.shape().rank() == dims.length;
    for (int axis = 0; fits && axis < dims.length; axis++) {
      long found = tensor.shape().dim(axis);
      fits = dims[axis] < 0 ? found > 0 : found == dims[axis];
    }
    if (!fits) {
      throw new BadInputException(
          "%s: %s is %s, which no voice has; make it again from its recording"
              .formatted(file.path(), name, tensor));
    }
    return Voice.kept(tensor);
  }
}
