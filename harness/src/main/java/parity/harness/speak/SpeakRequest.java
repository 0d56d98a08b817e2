package parity.harness.speak;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SpeechRequest.Content;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.tensors.BadInputException;

/**
 * What a person wants to hear.
 *
 * @param modelDir release folder
 * @param voice whose voice
 * @param said what is said; nothing where only a voice is to be saved
 * @param seed of the random draws
 * @param speed of speech
 * @param delivery in one piece or as it is made
 * @param textFrontend whether the text is normalised and cut in segments
 * @param output where the sound goes
 */
public record SpeakRequest(
    Path modelDir,
    SynthesisOptions options,
    VoiceSource voice,
    Optional<Content> said,
    OptionalLong seed,
    double speed,
    Delivery delivery,
    boolean textFrontend,
    Optional<SoundOutput.Target> output) {
  public SpeakRequest {
    if (said.isPresent() && output.isEmpty()) {
      throw new BadInputException(
          "-o is missing: give a file for the sound, or - for standard output");
    }
  }

  /**
   * Where a voice comes from.
   *
   * @param recording somebody who speaks, unless it is {@code saved}
   * @param saved a voice file
   * @param promptText what is said in the recording; of a saved voice, in place of what it knows
   * @param saveTo where the voice is kept
   */
  public record VoiceSource(
      Optional<Path> recording,
      Optional<Path> saved,
      Optional<String> promptText,
      Optional<Path> saveTo) {
    public VoiceSource {
      if (recording.isPresent() == saved.isPresent()) {
        throw new BadInputException(
            "%s: a voice comes from a recording (--prompt-wav) or from a file (--voice); give one of them"
                .formatted(recording.isPresent() ? "two voices" : "no voice"));
      }
    }
  }
}
