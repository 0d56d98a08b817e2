package parity.cosyvoice.text;

import java.util.regex.Pattern;

/** What Python's {@code str} says of characters, where Java says something else. */
final class PythonText {
  private static final Pattern ONLY_PUNCTUATION = Pattern.compile("[\\p{P}\\p{S}]*");

  /**
   * Characters with {@code Numeric_Type=Digit}: {@code isdigit} takes them beside the decimal
   * digits. First and last of each range.
   */
  private static final int[] DIGITS_THAT_ARE_NOT_DECIMAL = {
    0xb2, 0xb3, 0xb9, 0xb9, 0x1369, 0x1371, 0x19da, 0x19da, 0x2070, 0x2070, 0x2074, 0x2079, 0x2080,
    0x2089, 0x2460, 0x2468, 0x2474, 0x247c, 0x2488, 0x2490, 0x24ea, 0x24ea, 0x24f5, 0x24fd, 0x24ff,
    0x24ff, 0x2776, 0x277e, 0x2780, 0x2788, 0x278a, 0x2792, 0x10a40, 0x10a43, 0x10e60, 0x10e68,
    0x11052, 0x1105a, 0x1f100, 0x1f10a
  };

  private PythonText() {}

  /** {@code text.strip()}. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** {@code c.isspace()}; no such character is outside the basic plane. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** {@code c.isdecimal()}. */
  static boolean isDecimal(int codePoint) {
    return Character.isDigit(codePoint);
  }

  /** {@code c.isdigit()}. */
  static boolean isDigit(int codePoint) {
    if (isDecimal(codePoint)) {
      return true;
    }
    for (int i = 0; i < DIGITS_THAT_ARE_NOT_DECIMAL.length; i += 2) {
      if (codePoint >= DIGITS_THAT_ARE_NOT_DECIMAL[i]
          && codePoint <= DIGITS_THAT_ARE_NOT_DECIMAL[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** {@code is_only_punctuation(text)}: nothing in it but punctuation and symbols; not blanks. */
  static boolean isOnlyPunctuation(String text) {
    return ONLY_PUNCTUATION.matcher(text).matches();
  }

  /** Whether a text has nothing that can be spoken: blanks, punctuation and symbols at most. */
  static boolean isSilent(String text) {
    var ink = new StringBuilder();
    text.chars().filter(c -> !isSpace((char) c)).forEach(c -> ink.append((char) c));
    return isOnlyPunctuation(ink.toString());
  }
}
