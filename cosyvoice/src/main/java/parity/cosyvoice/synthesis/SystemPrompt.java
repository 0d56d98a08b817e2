package parity.cosyvoice.synthesis;

/**
 * The words that CosyVoice3 was trained to find before those that it is to say: {@code You are a
 * helpful assistant.}, an instruction perhaps, and {@code <|endofprompt|>} (upstream's {@code
 * example.py} and {@code utils/common.py}). Upstream stops where they are missing; here they are
 * added.
 */
public final class SystemPrompt {
  /** What ends the system's words. */
  public static final String END = "<|endofprompt|>";

  private static final String ASSISTANT = "You are a helpful assistant.";

  /**
   * A text as the model takes it.
   *
   * @param added what was put before or behind it; empty if nothing was missing
   */
  public record Completed(String text, String added) {}

  private SystemPrompt() {}

  /** Puts the system's words before what is said in a recording, or before a text. */
  public static Completed before(String text) {
    String missing = ASSISTANT + END;
    return text.contains(END) ? new Completed(text, "") : new Completed(missing + text, missing);
  }

  /** Makes a system prompt of an instruction, such as {@code Speak slowly.} */
  public static Completed instructing(String instruction) {
    if (instruction.contains(END)) {
      return new Completed(instruction, "");
    }
    String before = instruction.startsWith(ASSISTANT) ? "" : ASSISTANT + " ";
    return new Completed(before + instruction.strip() + END, before + "..." + END);
  }

  /** What of a text is not the system's: all of it, where nothing ends the system's words. */
  static String after(String text) {
    int end = text.indexOf(END);
    return end < 0 ? text : text.substring(end + END.length());
  }
}
