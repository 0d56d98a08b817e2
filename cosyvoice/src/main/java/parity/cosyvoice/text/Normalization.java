package parity.cosyvoice.text;

import java.util.regex.Pattern;

/**
 * The Chinese way through {@code text_normalize}, with {@code cosyvoice/utils/frontend_utils.py}.
 */
final class Normalization {
  private static final Pattern CHINESE = Pattern.compile("[\u4e00-\u9fff]");
  private static final Pattern LAST_COMMAS = Pattern.compile("[，,、]+\\z");
  private static final Pattern BRACKETS = Pattern.compile("[（）【】`]");

  private Normalization() {}

  /** {@code contains_chinese}: also true of Japanese with kanji in it. */
  static boolean containsChinese(String text) {
    return CHINESE.matcher(text).find();
  }

  /**
   * What a stripped text with a Chinese character becomes. Digits stay, and every full stop becomes
   * a Chinese one: also that of {@code 3.14}.
   */
  static String chinese(String text) {
    String replaced =
        replaceBlank(text.replace("\n", ""))
            .replace("²", "平方")
            .replace("³", "立方")
            .replace('.', '。')
            .replace(" - ", "，");
    return LAST_COMMAS.matcher(removeBracket(replaced)).replaceAll("。");
  }

  /**
   * {@code replace_blank}: a blank stays between two ASCII characters that are no blanks. Upstream
   * also looks behind the last character and before the first; a stripped text has no blank there.
   */
  private static String replaceBlank(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' || (isInk(text.charAt(i - 1)) && isInk(text.charAt(i + 1)))) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isInk(char c) {
    return c < 0x80 && c != ' ';
  }

  private static String removeBracket(String text) {
    return BRACKETS.matcher(text).replaceAll("").replace("——", " ");
  }
}
