package parity.cosyvoice.text;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unicode's composed form (NFC) as the tokenizers library 0.21 makes it. Its tables are those of
 * Unicode 9; marks that came later are letters like any other to it, which neither combine with
 * what they follow nor change places. The JDK knows these marks, so they are kept from its eyes.
 */
final class Composed {
  private static final Pattern LATER_MARKS =
      Pattern.compile(
          "[\\x{7fd}\\x{897}-\\x{89f}\\x{8ca}-\\x{8d3}\\x{9fe}\\x{c3c}"
              + "\\x{d3b}-\\x{d3c}\\x{eba}\\x{1715}\\x{1abf}-\\x{1ace}\\x{1df6}-\\x{1dfa}"
              + "\\x{a82c}\\x{10d24}-\\x{10d27}\\x{10d69}-\\x{10d6d}\\x{10eab}-\\x{10eac}\\x{10efd}-\\x{10eff}"
              + "\\x{10f46}-\\x{10f50}\\x{10f82}-\\x{10f85}\\x{11070}\\x{1133b}\\x{113c2}"
              + "\\x{113ce}-\\x{113d0}\\x{1145e}\\x{11839}-\\x{1183a}\\x{1193d}-\\x{1193e}\\x{11943}"
              + "\\x{119e0}\\x{11a34}\\x{11a47}\\x{11a99}\\x{11d42}"
              + "\\x{11d44}-\\x{11d45}\\x{11d97}\\x{11f41}-\\x{11f42}\\x{1611e}\\x{1612f}"
              + "\\x{16d67}\\x{16ff0}-\\x{16ff1}\\x{1e08f}\\x{1e130}-\\x{1e136}\\x{1e2ae}"
              + "\\x{1e2ec}-\\x{1e2ef}\\x{1e4ec}-\\x{1e4ef}\\x{1e5ee}-\\x{1e5ef}]");

  private Composed() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    Matcher later = LATER_MARKS.matcher(text);
    int start = 0;
    while (later.find()) {
      out.append(nfc(text.substring(start, later.start()))).append(later.group());
      start = later.end();
    }
    return out.append(nfc(text.substring(start))).toString();
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
