package parity.cosyvoice.text;

import java.util.ArrayList;
import java.util.List;
import parity.tensors.BadInputException;

/**
 * {@code spell_out_number} of {@code cosyvoice/utils/frontend_utils.py} with the English of inflect
 * 7.3.1's {@code number_to_words}.
 */
final class EnglishNumbers {
  private static final String[] UNIT = {
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
  };
  private static final String[] TEEN = {
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen"
  };
  private static final String[] TEN = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
  };
  private static final String[] MILL = {
    "",
    " thousand",
    " million",
    " billion",
    " trillion",
    " quadrillion",
    " quintillion",
    " sextillion",
    " septillion",
    " octillion",
    " nonillion",
    " decillion"
  };
  private static final int LONGEST = 3 * MILL.length;

  private EnglishNumbers() {}

  /**
   * Every run of digits in words, and everything else as it is: {@code v2} becomes {@code vtwo},
   * and {@code 1,234.5} three numbers.
   *
   * @throws BadInputException if a number is above {@code 10^36 - 1}, which has no name in inflect
   */
  static String spellOut(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int end = digitsEnd(text, i);
      if (end > i) {
        out.append(words(text.substring(i, end)));
        i = end;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && PythonText.isDigit(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /**
   * {@code number_to_words(digits)}: superscripts and the like are digits without a value. Zeros in
   * front are left out in every script; inflect says "thousand and five" of an Arabic 0005.
   */
  private static String words(String digits) {
    int[] values =
        digits
            .codePoints()
            .filter(PythonText::isDecimal)
            .map(Character::getNumericValue)
            .dropWhile(value -> value == 0)
            .toArray();
    if (values.length == 0) {
      return "zero";
    }
    if (values.length > LONGEST) {
      throw new BadInputException(
          "text: the number %s... has %d digits, expected at most %d: beyond them English has no words for it here; write it out, or part its digits with blanks"
              .formatted(digits.substring(0, 12), values.length, LONGEST));
    }
    return words(values);
  }

  private static String words(int[] values) {
    int groups = (values.length + 2) / 3;
    List<String> parts = new ArrayList<>();
    for (int group = groups - 1; group >= 0; group--) {
      int ones = values.length - 1 - 3 * group;
      String part = group(at(values, ones - 2), at(values, ones - 1), at(values, ones));
      if (!part.isEmpty()) {
        parts.add(part + MILL[group]);
      }
    }
    // "one thousand and one", but "one thousand, one hundred" and "one million, one thousand".
    boolean and = parts.size() > 1 && values[values.length - 3] == 0 && endsInUnits(values);
    String last = parts.removeLast();
    return parts.isEmpty() ? last : String.join(", ", parts) + (and ? " and " : ", ") + last;
  }

  private static boolean endsInUnits(int[] values) {
    return values[values.length - 2] != 0 || values[values.length - 1] != 0;
  }

  private static int at(int[] values, int index) {
    return index < 0 ? 0 : values[index];
  }

  private static String group(int hundreds, int tens, int units) {
    String rest = tens == 1 ? TEEN[units] : tens(tens, units);
    if (hundreds == 0) {
      return rest;
    }
    return UNIT[hundreds] + " hundred" + (rest.isEmpty() ? "" : " and " + rest);
  }

  private static String tens(int tens, int units) {
    return TEN[tens] + (tens > 0 && units > 0 ? "-" : "") + UNIT[units];
  }
}
