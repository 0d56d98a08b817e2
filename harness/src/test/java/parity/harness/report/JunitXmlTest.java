package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;

class JunitXmlTest {
  @TempDir private Path folder;

  /** The root of the file, in which there is nothing that CI servers do not know. */
  private Element written(StageResult... stages) throws Exception {
    return written(Results.of(stages));
  }

  private Element written(RunResult result) throws Exception {
    Path file = folder.resolve("junit.xml");
    JunitXml.write(file, result);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("testsuites");
    assertKnown(root);
    return root;
  }

  /** What the servers' schemas have in common: an element's children, and its attributes. */
  private static final Map<String, List<List<String>>> KNOWN =
      Map.of(
          "testsuites",
          List.of(List.of("testsuite"), List.of("name", "tests", "failures", "errors")),
          "testsuite",
          List.of(
              List.of("properties", "testcase", "system-out"),
              List.of("name", "tests", "failures", "errors", "skipped")),
          "properties",
          List.of(List.of("property"), List.of()),
          "property",
          List.of(List.of(), List.of("name", "value")),
          "system-out",
          List.of(List.of(), List.of()),
          "testcase",
          List.of(
              List.of("failure", "error", "skipped", "system-out"), List.of("classname", "name")),
          "failure",
          List.of(List.of(), List.of("type", "message")),
          "error",
          List.of(List.of(), List.of("type", "message")),
          "skipped",
          List.of(List.of(), List.of("message")));

  private static void assertKnown(Element element) {
    List<List<String>> known = Objects.requireNonNull(KNOWN.get(element.getTagName()));
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      attributes.add(element.getAttributes().item(i).getNodeName());
    }
    assertThat(attributes).containsExactlyElementsIn(known.get(1));
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        assertThat(inner.getTagName()).isIn(known.getFirst());
        assertKnown(inner);
      }
    }
  }

  private static List<Element> all(Element root, String tag) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static String counts(Element element) {
    return String.join(
        " ",
        List.of("tests", "failures", "errors", "skipped").stream()
            .map(element::getAttribute)
            .toList());
  }

  @Test
  void write_everyKindOfVerdict_isCountedAsWhatItIs() throws Exception {
    Element root =
        written(
            Results.stage(
                StageName.FLOW, "=a", "Fb", "!c", "0d", "#e", "Nf", "@g", "?h", "-i", "^j", "*k"));
    assertThat(counts(root)).isEqualTo("12 6 0 ");
    List<Element> suites = all(root, "testsuite");
    assertThat(suites.stream().map(suite -> suite.getAttribute("name")))
        .containsExactly("parity", "parity.flow")
        .inOrder();
    assertThat(counts(suites.get(1))).isEqualTo("11 5 0 3");
    List<Element> cases = all(suites.get(1), "testcase");
    assertThat(cases.get(2).getAttribute("name")).isEqualTo("c");
    assertThat(cases.get(2).getAttribute("classname")).isEqualTo("parity.flow");
    assertThat(
            all(suites.get(1), "skipped").stream()
                .map(skipped -> skipped.getAttribute("message").replaceFirst(":.*", "")))
        .containsExactly("NOT_COMPARED", "NOT_COMPARED", "SKIPPED")
        .inOrder();
    Element failure = all(cases.get(2), "failure").getFirst();
    assertThat(failure.getAttribute("type")).isEqualTo("Mismatch");
    assertThat(failure.getAttribute("message")).contains("sigma");
    assertThat(all(cases.get(9), "failure").getFirst().getAttribute("message"))
        .startsWith("INHERITED: right on the reference's own inputs");
    assertThat(failure.getTextContent()).startsWith("c: FAIL: F32 [1, 8, 16] differs, sigma");
  }

  @Test
  void write_passingRun_hasAVerdictThatPasses() throws Exception {
    assertThat(counts(written(Results.stage(StageName.FLOW, "=a")))).isEqualTo("2 0 0 ");
  }

  @Test
  void write_verdict_passesOnlyIfTheRunDoes() throws Exception {
    Element failed = all(written(Results.stage(StageName.FLOW, "!a")), "testsuite").getFirst();
    assertThat(all(failed, "failure").getFirst().getAttribute("type")).isEqualTo("FAIL");
    assertThat(all(failed, "failure").getFirst().getAttribute("message")).contains("./parity flow");
    Element open = all(written(Results.stage(StageName.FLOW, "0a")), "testsuite").getFirst();
    assertThat(all(open, "error").getFirst().getAttribute("type")).isEqualTo("INCONCLUSIVE");
  }

  @Test
  void write_stageThatWasNotCompared_isACaseOfItsOwn() throws Exception {
    Element root =
        written(
            new StageResult.SwitchedOff(StageName.FRONTEND, "SKIP_NATIVE_FRONTEND=1"),
            new StageResult.NotApplicable(StageName.LLM, "voice conversion"),
            new StageResult.Blocked(
                StageName.FLOW,
                StageResult.Blocker.CAPTURE,
                "no mel",
                Results.report("=a"),
                List.of()),
            Results.stage(StageName.HIFT));
    List<Element> suites = all(root, "testsuite");
    assertThat(suites.stream().map(JunitXmlTest::counts))
        .containsExactly("1 0 1 0", "1 0 0 1", "1 0 0 1", "2 0 1 0", "1 0 1 0")
        .inOrder();
    assertThat(all(suites.get(1), "skipped").getFirst().getAttribute("message"))
        .isEqualTo("SKIPPED: skipped by SKIP_NATIVE_FRONTEND=1");
    assertThat(all(suites.get(2), "skipped").getFirst().getAttribute("message"))
        .isEqualTo("SKIPPED: voice conversion");
    assertThat(all(suites.get(3), "error").getFirst().getAttribute("message"))
        .contains("cannot be relied on: no mel");
    assertThat(all(suites.get(4), "error").getFirst().getAttribute("message"))
        .isEqualTo("nothing was compared");
  }

  @Test
  void write_controls_areCasesAndNotesAreOutput() throws Exception {
    Element stage =
        all(written(Results.controlled(StageName.FLOW, false, "=a")), "testsuite").get(1);
    assertThat(counts(stage)).isEqualTo("3 0 1 0");
    List<Element> cases = all(stage, "testcase");
    assertThat(cases.get(1).getAttribute("name")).isEqualTo("control: one frame repeated");
    assertThat(cases.get(1).hasChildNodes()).isFalse();
    assertThat(all(cases.get(2), "error").getFirst().getAttribute("message"))
        .isEqualTo("not seen: sigma 1.1 of 4");
    assertThat(all(stage, "system-out").getFirst().getTextContent()).contains("same bits");
  }

  @Test
  void write_namesThatXmlCannotHold_areReplacedAndEscaped() throws Exception {
    Element root = written(Results.stage(StageName.FLOW, "!<a&\"\u0000\u001b\ud800\uffff😀>"));
    Element failed = all(root, "testcase").get(1);
    assertThat(failed.getAttribute("name")).isEqualTo("<a&\"\\u0000\\u001b\\ud800\\uffff😀>");
  }

  @Test
  void write_again_isTheSameToTheByte() throws IOException {
    RunResult result = Results.of(Results.stage(StageName.FLOW, "=a", "!b"));
    JunitXml.write(folder.resolve("one.xml"), result);
    JunitXml.write(folder.resolve("two.xml"), result);
    assertThat(Files.mismatch(folder.resolve("one.xml"), folder.resolve("two.xml"))).isEqualTo(-1);
  }

  @Test
  void write_overridden_everySuiteHasItAndSoHasTheCaseThatPassed() throws Exception {
    List<Overridden> overridden =
        List.of(new Overridden("--force-model", "hift.pt is not the capture's"));
    Element root = written(Results.overridden(overridden, Results.stage(StageName.FLOW, "=a")));

    assertThat(all(root, "testsuite")).hasSize(2);
    for (Element suite : all(root, "testsuite")) {
      Element property = all(suite, "property").getFirst();
      assertThat(property.getAttribute("name")).isEqualTo("overridden --force-model");
      assertThat(property.getAttribute("value")).isEqualTo("hift.pt is not the capture's");
      assertThat(all(suite, "system-out").getLast().getTextContent())
          .isEqualTo("overridden: --force-model: hift.pt is not the capture's");
    }
    Element verdict = all(root, "testcase").getFirst();
    assertThat(all(verdict, "system-out")).hasSize(1);
    assertThat(all(verdict, "failure")).isEmpty();

    Element wrong = written(Results.overridden(overridden, Results.stage(StageName.FLOW, "!a")));
    assertThat(all(wrong, "failure").getFirst().getAttribute("message"))
        .contains("Overridden: --force-model: hift.pt is not the capture's");
  }
}
