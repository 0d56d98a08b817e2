package parity.harness.port.command;

import static com.google.common.truth.Truth.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines out of bytes that come in any pieces. */
final class SaidTest {
  private static Said said(String text, int atOnce) {
    Said said = new Said();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += atOnce) {
      int length = Math.min(atOnce, bytes.length - i);
      byte[] block = new byte[atOnce];
      System.arraycopy(bytes, i, block, 0, length);
      said.add(block, length);
    }
    return said;
  }

  @Test
  void lastLines_inAnyPieces_areTheSame() {
    String text = "a\r\n\nb\rc\u00e4\ud83d\ude00\r\r\nd";
    for (int atOnce = 1; atOnce < 20; atOnce++) {
      assertThat(said(text, atOnce).lastLines())
          .containsExactly("a", "", "b", "c\u00e4\ud83d\ude00", "", "d")
          .inOrder();
    }
  }

  @Test
  void lastLines_of20_areAllAndOfOneMoreTheLast() {
    String twenty = "x\n".repeat(20);
    assertThat(said(twenty, 7).lastLines()).hasSize(20);
    assertThat(said("first\n" + twenty, 7).lastLines().getFirst())
        .isEqualTo("(said 46 bytes in 21 lines; its last 20 lines follow)");
    assertThat(said("first\n" + twenty, 7).lastLines()).doesNotContain("first");
  }

  @Test
  void lastLines_aLineOf400Characters_isWholeAndALongerOneIsCut() {
    String line = "\ud83d\ude00".repeat(200);
    assertThat(said(line, 100).lastLines()).containsExactly(line);
    assertThat(said(line + "x", 100).lastLines())
        .containsExactly(line + "... (a line of 801 bytes)");
  }

  @Test
  void inOneLine_passesOverBlankLines() {
    assertThat(said("why\n \n\n", 3).inOneLine()).isEqualTo("it last said: why");
    assertThat(said("\n", 3).inOneLine()).isEqualTo("it said nothing");
  }
}
