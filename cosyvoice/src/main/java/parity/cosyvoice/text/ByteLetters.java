package parity.cosyvoice.text;

/**
 * The letters that stand for bytes in {@code vocab.json} and {@code merges.txt}, as GPT-2 began it:
 * visible Latin-1 characters stand for themselves, the other 68 bytes for U+0100 and up.
 */
final class ByteLetters {
  private static final String[] LETTERS = new String[256];

  static {
    int next = 256;
    for (int value = 0; value < LETTERS.length; value++) {
      boolean visible = (value > ' ' && value < 0x7f) || (value > 0xa0 && value != 0xad);
      LETTERS[value] = Character.toString(visible ? value : next++);
    }
  }

  private ByteLetters() {}

  /** The letter of a byte from 0 to 255. */
  static String of(int value) {
    return LETTERS[value];
  }
}
