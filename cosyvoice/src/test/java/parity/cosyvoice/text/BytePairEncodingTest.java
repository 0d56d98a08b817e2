package parity.cosyvoice.text;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class BytePairEncodingTest {
  private static final TokenizerFiles FILES =
      TokenizerFiles.read(TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN"));
  private static final BytePairEncoding PAIRS = BytePairEncoding.of(FILES);
  private static final Map<Integer, String> TOKENS = new HashMap<>();

  private static final Map<Integer, Integer> BYTES = new HashMap<>();

  static {
    for (int value = 0; value < 256; value++) {
      BYTES.put((int) ByteLetters.of(value).charAt(0), value);
    }
    FILES.vocabulary().forEach((token, id) -> TOKENS.put(id, token));
  }

  @Property(tries = 500)
  void encode_anyText_losesNoByte(@ForAll String any) {
    String text = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    for (int id : PAIRS.encode(text)) {
      String letters = String.valueOf(TOKENS.get(id));
      letters.chars().forEach(letter -> bytes.write(BYTES.getOrDefault(letter, -1)));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void encode_longWord_isDoneInTime() {
    assertThat(PAIRS.encode("长".repeat(100_000))).hasLength(300_000);
  }
}
