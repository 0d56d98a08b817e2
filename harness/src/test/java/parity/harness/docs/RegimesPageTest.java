package parity.harness.docs;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import parity.harness.regime.Regimes;
import parity.harness.result.Exercised;

/** docs/reference/regimes.md lists what the program counts. */
final class RegimesPageTest {
  @Test
  void page_listsAllRegimesInTheirOrder() throws IOException {
    List<String> rows =
        DocsPage.read(DocsPage.ROOT.resolve("docs/reference/regimes.md")).lines().stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsIn(
            Regimes.all().counts().stream().map(RegimesPageTest::row).toList())
        .inOrder();
  }

  private static String row(Exercised.Count count) {
    return "| `%s` | %s | `%s` | %s | %s |"
        .formatted(count.stage(), count.regime(), count.upstream(), count.shownBy(), count.howTo());
  }
}
