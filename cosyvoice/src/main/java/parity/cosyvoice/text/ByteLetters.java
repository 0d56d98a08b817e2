package parity.cosyvoice.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The letters that stand for bytes in {@code vocab.json} and {@code merges.txt}, as GPT-2 began it:
 * visible Latin-1 characters stand for themselves, the other 68 bytes for U+0100 and up.
 */
final class ByteLetters {
  private static final String[] LETTERS = new String[256];
  private static final int[] BYTES = new int[256 + 68];

  static {
    Arrays.fill(BYTES, -1);
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean visible = (value > ' ' && value < 0x7f) || (value > 0xa0 && value != 0xad);
      int letter = visible ? value : next++;
      LETTERS[value] = Character.toString(letter);
      BYTES[letter] = value;
    }
  }

  private ByteLetters() {}

  /** The letter of a byte from 0 to 255. */
  static String of(int value) {
    return LETTERS[value];
  }

  /** The bytes that a token stands for, or nothing where one of its letters stands for none. */
  static Optional<byte[]> bytes(String token) {
    var out = new ByteArrayOutputStream(token.length());
    for (int i = 0; i < token.length(); i++) {
      int letter = token.charAt(i);
      if (letter >= BYTES.length || BYTES[letter] < 0) {
        return Optional.empty();
      }
      out.write(BYTES[letter]);
    }
    return Optional.of(out.toByteArray());
  }
}
