package parity.harness.report.html;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.result.RunResult;

class ReportHtmlTest {
  private static final long MEGABYTE = 1_000_000;

  @TempDir private Path folder;

  private String page(RunResult result) throws IOException {
    ReportHtml.write(folder.resolve("report.html"), result);
    return Files.readString(folder.resolve("report.html"));
  }

  @Test
  void write_wrong_saysWhatAndHowToRepeat() throws IOException {
    String page = page(Pages.wrong());
    assertThat(page).contains("<title>FAIL");
    assertThat(page).contains("flow.b is wrong on its own (stage flow): sigma");
    assertThat(page).contains("./parity replay 'flow.b' --model-dir MODEL_DIR");
    assertThat(page).contains("expected F32 [1, 8, 16], found nothing of that name");
  }

  @Test
  void write_wrong_listsWhatIsWrongAndCountsWhatInherited() throws IOException {
    String page = page(Pages.wrong());
    String listed = page.substring(page.indexOf("What is not right"), page.indexOf("id=\"depth\""));
    assertThat(listed).contains("flow.b");
    assertThat(listed).contains("flow.d");
    assertThat(listed).doesNotContain("flow.c");
    assertThat(listed).contains("In the table below: 1 that only inherited an error");
  }

  @Test
  void write_right_listsNothingWrong() throws IOException {
    String page = page(Pages.right());
    assertThat(page).contains("<title>PASS");
    assertThat(page).doesNotContain("What is not right");
  }

  @Test
  void write_any_namesNoAddressThatIsAsked() throws IOException {
    String page = page(Pages.wrong());
    String markup = page.substring(0, page.indexOf("<script"));
    Matcher asked =
        Pattern.compile("(src|href)=\"(?!data:|#)[^\"]*|url\\([^)]*|@import.*").matcher(markup);
    assertThat(asked.results().map(MatchResult::group)).isEmpty();
    assertThat(page.indexOf("sourceMappingURL")).isEqualTo(-1);
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void write_libraries_carryTheirLicences() throws IOException {
    String page = page(Pages.right());
    assertThat(page).contains("Copyright (c) 2022 Leon Sorokin");
    assertThat(page).contains("Oli Folkerd");
    assertThat(page).contains("The above copyright notice and this permission notice");
  }

  @Test
  void write_textOfACapture_isNoMarkup() throws IOException {
    String page = page(Pages.wrong());
    assertThat(page).contains("Hello &lt;b&gt;&amp;");
    assertThat(page).doesNotContain("</script><b>");
  }

  @Test
  void write_again_isTheSameToTheByte() throws IOException {
    ReportHtml.write(folder.resolve("one.html"), Pages.wrong());
    ReportHtml.write(folder.resolve("two.html"), Pages.wrong());
    assertThat(Files.mismatch(folder.resolve("one.html"), folder.resolve("two.html")))
        .isEqualTo(-1);
  }

  @Test
  void write_fullSizeRunWithAllTaps_isAtMost20Megabytes() throws IOException {
    page(Pages.large(25_000));
    assertThat(Files.size(folder.resolve("report.html"))).isAtMost(20 * MEGABYTE);
  }
}
