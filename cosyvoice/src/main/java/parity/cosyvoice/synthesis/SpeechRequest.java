package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import java.util.OptionalLong;
import parity.tensors.BadInputException;

/**
 * What is to be spoken, by whom and how.
 *
 * @param content what is spoken
 * @param voice who speaks
 * @param seed of the language model's random draws, {@code torch.manual_seed} before every segment;
 *     without one, another for each request
 * @param speed of speech: 2 is twice as fast. Only speech in one piece can be other than 1
 * @param delivery in one piece or as it is made
 * @param textFrontend whether the text is normalised and cut in segments first; if not, it is one
 *     segment and spoken as it stands
 */
public record SpeechRequest(
    Content content,
    Voice voice,
    OptionalLong seed,
    double speed,
    Delivery delivery,
    boolean textFrontend) {
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 10;

  public SpeechRequest {
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new BadInputException("speed %s: expected a factor from 0.1 to 10".formatted(speed));
    }
    if (speed != 1 && delivery != Delivery.WHOLE) {
      throw new BadInputException(
          "speed %s: speech that is streamed cannot be stretched; leave out one of both"
              .formatted(speed));
    }
  }

  /** What is spoken: the modes of upstream's {@code cli/cosyvoice.py}. */
  public sealed interface Content {
    /**
     * A text in the voice's own language and manner; the voice has to know its recording's words.
     */
    record ZeroShot(String text) implements Content {}

    /** A text in whatever language: the language model hears nothing of the recording. */
    record CrossLingual(String text) implements Content {}

    /** A text as the instruction says: "Speak as loudly as possible." */
    record Instruct2(String text, String instruction) implements Content {}

    /** What is said in another recording, WAV or FLAC. */
    record VoiceConversion(Path source) implements Content {}
  }

  /** Speaks a text as the voice's recording was spoken. */
  public static SpeechRequest zeroShot(String text, Voice voice) {
    return of(new Content.ZeroShot(text), voice);
  }

  /** Speaks a text of any language. */
  public static SpeechRequest crossLingual(String text, Voice voice) {
    return of(new Content.CrossLingual(text), voice);
  }

  /** Speaks a text in the manner that an instruction asks for. */
  public static SpeechRequest instruct2(String text, String instruction, Voice voice) {
    return of(new Content.Instruct2(text, instruction), voice);
  }

  /** Says in this voice what a recording says in another. */
  public static SpeechRequest voiceConversion(Path source, Voice voice) {
    return of(new Content.VoiceConversion(source), voice);
  }

  private static SpeechRequest of(Content content, Voice voice) {
    return new SpeechRequest(content, voice, OptionalLong.empty(), 1, Delivery.WHOLE, true);
  }

  /** The same with random draws that anybody can repeat, Python with the same seed included. */
  public SpeechRequest withSeed(long newSeed) {
    return new SpeechRequest(
        content, voice, OptionalLong.of(newSeed), speed, delivery, textFrontend);
  }

  /** The same, faster or slower. */
  public SpeechRequest withSpeed(double newSpeed) {
    return new SpeechRequest(content, voice, seed, newSpeed, delivery, textFrontend);
  }

  /** The same, delivered otherwise. */
  public SpeechRequest withDelivery(Delivery newDelivery) {
    return new SpeechRequest(content, voice, seed, speed, newDelivery, textFrontend);
  }

  /** The same with a text that stays as it stands: upstream's {@code text_frontend=False}. */
  public SpeechRequest withoutTextFrontend() {
    return new SpeechRequest(content, voice, seed, speed, delivery, false);
  }
}
