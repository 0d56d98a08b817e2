package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import parity.harness.console.Screen;
import parity.harness.console.StageLog;
import parity.harness.console.VisibleWriter;
import parity.harness.fixture.Parity;
import parity.harness.report.html.ReportHtml;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/**
 * One rule for all that is written: what comes from a file, a name, another process or a person is
 * text in it, and neither a control character nor a line of its own.
 */
class WritersTest {
  @TempDir Path folder;

  static Stream<String> hostile() {
    return Stream.of(
        "\u001b[2J\u001b]0;title\u0007",
        "PASS (exit 0)\nPASS",
        "a\r\nb\rc",
        "\u009b31m\u0085\u2028\u2029",
        "\u202edne\u2066",
        "\u0000\u0008\u007f\t",
        "\uffff\ufffe]]>",
        "</script><script>alert(1)</script>",
        "\"><b>&amp;'",
        "\ud83d\ude00\u4f60\u597d");
  }

  /** What one name makes of all writers, by the writer. */
  private Map<String, String> written(String name) throws IOException {
    Map<String, String> written = new LinkedHashMap<>();
    RunResult plain =
        Results.overridden(
            List.of(new Overridden("--x", name)),
            Results.stage(StageName.FLOW, "!" + name, "=b", "?" + name + "2"));
    RunResult result =
        new RunResult(
            plain.stages(),
            plain.skips(),
            plain.overridden(),
            plain.exercised(),
            Map.of("a", name),
            Map.of("b", name));
    Path report = folder.resolve("report.json");
    ReportJson.write(report, result);
    written.put("report.json", Files.readString(report));
    Path junit = folder.resolve("junit.xml");
    JunitXml.write(junit, result);
    written.put("junit.xml", Files.readString(junit));
    Path page = folder.resolve("report.html");
    ReportHtml.write(page, result);
    written.put("report.html", Files.readString(page));
    written.put("screen", screen(name));
    written.put("log", Files.readString(folder.resolve("stage.log")));
    if (UTF_8.newEncoder().canEncode(name)) {
      Path tensors = folder.resolve("names.safetensors");
      Path others = folder.resolve("others.safetensors");
      Tensor ones = Tensor.ofFloats(Shape.of(2), 1, 2);
      SafetensorsWriter.write(tensors, Map.of(name, ones), Map.of(name, name));
      SafetensorsWriter.write(others, Map.of(name + "x", ones), Map.of());
      run(written, "inspect", tensors);
      run(written, "inspect", tensors, "--json");
      run(written, "diff", tensors, others);
      run(written, "diff", tensors, others, "--json");
      run(written, "diff", tensors, tensors, "--atol", "1", "--reason", name);
    }
    if (name.indexOf('\0') < 0) {
      run(written, "inspect", folder + "/" + name);
      run(written, name);
      run(written, "run", "--stages", name);
    }
    return written;
  }

  private String screen(String name) {
    StringWriter out = new StringWriter();
    Screen screen = Screen.of(new PrintWriter(new VisibleWriter(out)));
    try (StageLog log = StageLog.open(folder.resolve("stage.log"), screen)) {
      log.say("candidate: " + name);
      log.detail(name);
      log.line("%s", name);
    }
    return out.toString();
  }

  private static void run(Map<String, String> written, Object... arguments) {
    Parity run = Parity.run(arguments);
    String key = written.size() + " " + arguments[0];
    written.put(key + " out", run.out());
    written.put(key + " err", run.err());
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void write_aHostileName_isTextAndNoMore(String name) throws Exception {
    Map<String, String> harmless = written("harmless");
    Map<String, String> written = written(name);
    for (Map.Entry<String, String> each : written.entrySet()) {
      String text = each.getValue();
      text.chars()
          .filter(c -> (c != '\n' && Character.isISOControl(c)) || c == 0x2028 || c == 0x202e)
          .findFirst()
          .ifPresent(c -> assertWithMessage("%s: %s", each.getKey(), c).fail());
      // A browser makes no line of an end of line.
      if (harmless.containsKey(each.getKey()) && !each.getKey().endsWith(".html")) {
        assertWithMessage(each.getKey())
            .that(text.lines().count())
            .isEqualTo(harmless.get(each.getKey()).lines().count());
      }
    }
    new ObjectMapper().readTree(written.get("report.json"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(written.get("junit.xml"))));
    assertThat(written.get("report.html")).doesNotContain("<script>alert(1)");
  }
}
