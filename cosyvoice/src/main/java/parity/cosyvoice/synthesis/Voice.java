package parity.cosyvoice.synthesis;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import parity.cosyvoice.frontend.FrontendArtifacts;
import parity.tensors.Tensor;

/**
 * Somebody's voice, as a recording of it gives it: what upstream keeps for {@code zero_shot_spk_id}
 * (cli/cosyvoice.py, {@code add_zero_shot_spk}). It can be used again and again, by several
 * utterances at once, and needs no closing: a voice is a megabyte at most.
 *
 * @param speechTokens what the recording says, int32 [1, n], not trimmed
 * @param speechFeat its mel, float32 [1, T, 80], not trimmed
 * @param embedding the speaker, float32 [1, 192]
 * @param promptText what is said in the recording, if that is known
 * @param model fingerprint of the model that the voice is for
 */
public record Voice(
    Tensor speechTokens,
    Tensor speechFeat,
    Tensor embedding,
    Optional<String> promptText,
    String model) {
  static Voice of(FrontendArtifacts artifacts, Optional<String> promptText, String model) {
    return new Voice(
        kept(artifacts.speechTokens()),
        kept(artifacts.speechFeat()),
        kept(artifacts.speakerEmbedding()),
        promptText,
        model);
  }

  /** The same tensor for as long as anybody has it. */
  static Tensor kept(Tensor tensor) {
    Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), Arena.ofAuto());
    copy.data().copyFrom(tensor.data());
    return copy;
  }

  /** The same voice with other words known to be said in its recording. */
  public Voice withPromptText(String text) {
    return new Voice(speechTokens, speechFeat, embedding, Optional.of(text), model);
  }

  /**
   * Writes the voice to a file, from which {@link CosyVoice3#loadVoice} has it back without the
   * recording and without the two ONNX models.
   *
   * @throws parity.tensors.BadInputException if the file cannot be written
   */
  public void save(Path file) {
    VoiceFile.write(file, this);
  }
}
