package parity.harness.report.html;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogType;

/** What Chromium makes of the page, from disk and with the network off. */
class ReportPageTest {
  private static final Pattern ASKED = Pattern.compile("\"url\":\"([a-z-]+):");
  private static final String NAMES = "#table .tabulator-row [tabulator-field=name]";
  private static final String FIRST_NAME =
      "#table .tabulator-row:first-child [tabulator-field=name]";

  @TempDir static Path folder;

  private static Optional<Browser> started = Optional.empty();

  @SuppressWarnings("NullAway.Init") // set before each test that runs
  private Browser browser;

  @BeforeAll
  static void start() {
    ReportHtml.write(folder.resolve("report.html"), Pages.wrong());
    started = Browser.start(folder.resolve("profile"));
    if (started.isEmpty()) {
      System.out.println(
          "report.html is not tried in a browser: no chromium and chromedriver here");
    }
  }

  @AfterAll
  static void stop() {
    started.ifPresent(Browser::close);
  }

  @BeforeEach
  void open() {
    assumeTrue(started.isPresent(), "no chromium and chromedriver on the PATH");
    browser = started.orElseThrow();
    browser.open(folder.resolve("report.html"));
  }

  @Test
  void page_fromDisk_asksNothingOfTheNetworkAndComplainsOfNothing() {
    browser.until("return document.readyState === 'complete'");
    String log = String.join("\n", browser.log(LogType.PERFORMANCE));
    List<String> schemes = ASKED.matcher(log).results().map(found -> found.group(1)).toList();
    assertThat(schemes).contains("file");
    assertThat(schemes).containsNoneOf("http", "https", "ws", "wss");
    assertThat(browser.log(LogType.BROWSER)).isEmpty();
  }

  @Test
  void page_first_saysTheVerdict() {
    assertThat(browser.find("h1").getText()).startsWith("flow.b is wrong on its own (stage flow)");
    assertThat(browser.find(".verdict .word").getText()).contains("FAIL");
  }

  @Test
  void charts_everyStageWithFigures_isDrawn() {
    assertThat(browser.texts("#charts h3 b")).containsExactly("frontend", "llm", "flow", "hift");
    String inked =
        "return [...document.querySelectorAll('#charts canvas')].every(c => c.getContext('2d')"
            + ".getImageData(0, 0, c.width, c.height).data.some(value => value > 0))";
    assertThat(browser.ask(inked)).isEqualTo(true);
    browser.find("#measure input[value=error]").click();
    assertThat(browser.ask(inked)).isEqualTo(true);
    assertThat(browser.texts("#charts h3 b")).hasSize(4);
  }

  @Test
  void charts_arrowKeys_readOutTensors() {
    browser.find(".chart").sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.find(".chart .readout").getText()).contains("speech_feat: relative error");
  }

  @Test
  void table_headPressed_sorts() {
    browser.untilTexts(FIRST_NAME, "speech_feat");
    browser.find("#table .tabulator-col[tabulator-field=name]").click();
    browser.untilTexts(FIRST_NAME, "</script><b>flow");
    assertThat(browser.texts(NAMES)).isInOrder();
    browser.find("#table .tabulator-col[tabulator-field=share]").sendKeys(Keys.ENTER);
    browser.find("#table .tabulator-col[tabulator-field=share]").sendKeys(Keys.ENTER);
    browser.untilTexts(FIRST_NAME, "flow.b");
    assertThat(browser.texts(NAMES).subList(0, 2)).containsExactly("flow.b", "flow.c").inOrder();
  }

  @Test
  void table_stageAndStatus_filter() {
    browser.find("#stage option[value=llm]").click();
    browser.untilTexts(NAMES, "llm.a", "llm.b", "llm.c");
    browser.untilTexts("#shown", "3 of 11 tensors");
    browser.find("#statuses input[value=PASS]").click();
    browser.untilTexts(NAMES, "llm.c");
    browser.find("#stage option[value='']").click();
    browser.untilTexts(NAMES, "llm.c", "flow.b", "flow.c", "flow.d");
  }

  @Test
  void table_search_findsNamesAndMessages() {
    browser.find("#search").sendKeys("FLOW.C");
    browser.untilTexts(NAMES, "flow.c");
    browser.find("#search").clear();
    browser.find("#search").sendKeys("nothing of that name");
    browser.untilTexts(NAMES, "flow.d");
    browser.find("#search").clear();
    browser.find("#search").sendKeys("no such thing");
    browser.untilTexts(NAMES);
    assertThat(browser.find("#table").getText()).contains("No tensor is like that.");
  }

  @Test
  void table_rowChosen_isToldInFull() {
    browser.find("#search").sendKeys("flow.b");
    browser.untilTexts(NAMES, "flow.b");
    browser.find("#table .tabulator-row").click();
    String details = browser.find("#details").getText();
    assertThat(details).contains("flow.b");
    assertThat(details).contains("on the reference's own inputs");
    assertThat(details).contains("sigma, alone");
  }

  @Test
  void table_arrowKeys_goFromRowToRow() {
    browser.find("#table .tabulator-row").click();
    browser.find("#table .tabulator-tableholder").sendKeys(Keys.ARROW_DOWN);
    browser.until("return document.querySelectorAll('.tabulator-selected').length === 1");
    assertThat(browser.find("#details").getText()).contains("whisper_mel");
  }

  @Test
  void table_fullSizeRun_isSearchedAndHoldsFewRows() {
    Path large = folder.resolve("large.html");
    ReportHtml.write(large, Pages.large(25_000));
    browser.open(large);
    assertThat((Long) browser.ask("return document.querySelectorAll('.tabulator-row').length"))
        .isLessThan(100L);
    browser.find("#search").sendKeys("blocks.8.attn.to_out.0#11");
    browser.untilTexts("#shown", "1 of 25,001 tensors");
    browser.until("return document.querySelectorAll('.tabulator-row').length === 1");
  }

  @Test
  void audio_pythonJavaAndDifference_play() {
    assertThat(browser.ask("return document.querySelectorAll('audio').length")).isEqualTo(3L);
    for (int i = 0; i < 3; i++) {
      String player = "document.querySelectorAll('audio')[" + i + "]";
      browser.ask(player + ".muted = true; " + player + ".play()");
      browser.until("return " + player + ".currentTime > 0 && " + player + ".error === null");
      assertThat((Double) browser.ask("return " + player + ".duration + 1e-9")).isAtLeast(1.0);
    }
    assertThat(browser.find(".track:nth-child(3) figcaption").getText()).contains("raised by");
  }

  @Test
  void pictures_all_areShown() {
    assertThat(
            browser.ask(
                "return [...document.images].every(image => image.complete && image.naturalWidth > 1)"))
        .isEqualTo(true);
  }

  @Test
  void window_narrow_hasNothingBeyondItsEdge() {
    browser.tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
    browser.until(
        "return [...document.querySelectorAll('.uplot')].every(u => u.clientWidth <= 360)");
    assertThat(browser.ask("return innerWidth")).isEqualTo(360L);
    assertThat(browser.ask("return document.documentElement.scrollWidth")).isEqualTo(360L);
  }

  private void narrow(int width) {
    browser.tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 2, "mobile", true));
    browser.until("return innerWidth === " + width);
  }

  private void openFault() {
    Path fault = folder.resolve("fault.html");
    ReportHtml.write(fault, Pages.faultOfManyCalls());
    browser.open(fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {420, 800, 1200})
  void firstDivergence_anyWidth_isWholeAndNothingIsBeyondTheEdge(int width) {
    openFault();
    narrow(width);
    browser.until(
        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    assertThat(browser.texts(".firsts code")).containsExactly(Pages.LONG + "#0 (module)");
    assertThat(
            browser.ask(
                "const code = document.querySelector('.firsts code');"
                    + "const clips = e => e && (getComputedStyle(e).overflowX !== 'visible'"
                    + " && e !== document.documentElement || clips(e.parentElement));"
                    + "return [...code.getClientRects()].every("
                    + "r => r.left >= 0 && r.right <= innerWidth) && !clips(code)"))
        .isEqualTo(true);
  }

  @Test
  void fault_ofManyCalls_isListedOnceWithItsHintInTheVerdict() {
    openFault();
    assertThat(browser.find(".verdict .hint").getText())
        .isEqualTo("Hint: " + Pages.LONG + "#0 is wrong at index 3 of 32 along axis 2 alone.");
    assertThat(browser.find(".verdict .about").getText()).startsWith("MODEL_DIR and OUT_DIR stand");
    assertThat(browser.find("#coverage").getText()).doesNotContain("hint: ");
    List<String> wrong = browser.texts(".wrong li");
    assertThat(wrong).hasSize(1);
    assertThat(wrong.getFirst()).contains(Pages.LONG + "#0 and 8 other calls of it");
  }

  @Test
  @SuppressWarnings("unchecked") // a list of strings is a list of strings in both languages
  void heads_everyOneWithAWord_linkToItsExplanation() {
    List<String> targets =
        (List<String>)
            browser.ask(
                "return [...document.querySelectorAll('a.word')].map(a => a.getAttribute('href'))");
    assertThat(targets).containsAtLeast("#word-sigma", "#word-not-compared", "#word-of-limit");
    assertThat(
            browser.ask(
                "return [...document.querySelectorAll('a.word')]"
                    + ".filter(a => !document.querySelector(a.getAttribute('href'))).length"))
        .isEqualTo(0L);
    assertThat(
            browser.ask(
                "return [...document.querySelectorAll('#coverage th[scope=col]:not(.bar),"
                    + " #table .tabulator-col')].filter(h => !h.querySelector('a.word'))"
                    + ".map(h => h.innerText.trim()).filter(t => !['#', 'Tensor'].includes(t)).length"))
        .isEqualTo(0L);
  }

  @Test
  void heads_linkPressed_goesToTheWordsAndDoesNotSort() {
    browser.untilTexts(FIRST_NAME, "speech_feat");
    browser.find("#table .tabulator-col[tabulator-field=share] a.word").click();
    browser.until("return location.hash === '#word-of-limit'");
    browser.untilTexts(FIRST_NAME, "speech_feat");
  }

  @Test
  void pictures_axes_areNamedAndHaveTheirEnds() {
    assertThat(browser.texts(".heat .axis.down")).hasSize(1);
    assertThat(browser.find(".heat .axis.down").getText()).containsMatch("93\\s*axis 1\\s*0");
    assertThat(browser.find(".heat .axis.right").getText()).containsMatch("0\\s*axis 2\\s*31");
    assertThat(browser.find("figure .axis.down").getText()).containsMatch("0\\s*channel\\s*79");
    assertThat(browser.find(".track .axis.down").getText()).containsMatch("−1\\s*level\\s*1");
    assertThat(browser.texts(".track .axis.right").getFirst())
        .containsMatch("0\\s*seconds\\s*1.00");
    assertThat(browser.texts(".track .axis.down").get(1)).containsMatch("0\\s*kHz\\s*12");
  }

  @Test
  void dark_wanted_isDarkAndReadable() {
    assertThat(lightness("background-color", "html")).isGreaterThan(200.0);
    browser.tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    assertThat(lightness("background-color", "html")).isLessThan(50.0);
    assertThat(lightness("color", "h1")).isGreaterThan(200.0);
    assertThat(lightness("background-color", "#table .tabulator-row")).isLessThan(50.0);
    assertThat(lightness("color", "#table .tabulator-row")).isGreaterThan(200.0);
  }

  private double lightness(String property, String selector) {
    String colour =
        (String)
            browser.ask(
                "return getComputedStyle(document.querySelector(arguments[1]))"
                    + ".getPropertyValue(arguments[0])",
                property,
                selector);
    Matcher parts = Pattern.compile("\\d+").matcher(colour);
    return parts.results().limit(3).mapToInt(part -> Integer.parseInt(part.group())).sum() / 3.0;
  }

  @Test
  void print_fromTheDark_isLightAndHasTheTable() {
    browser.tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.ask(
        "addEventListener('beforeprint', () => { window.printed = [getComputedStyle("
            + "document.documentElement).backgroundColor,"
            + " document.querySelectorAll('#printed tbody tr').length] })");
    byte[] pdf =
        Base64.getDecoder().decode((String) browser.tell("Page.printToPDF", Map.of()).get("data"));
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).containsMatch("/Type\\s*/Page\\b");
    assertThat(browser.ask("return window.printed")).isEqualTo(List.of("rgb(255, 255, 255)", 11L));
    browser.tell("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertThat(browser.find("#printed").isDisplayed()).isTrue();
    assertThat(browser.find("#table").isDisplayed()).isFalse();
  }
}
