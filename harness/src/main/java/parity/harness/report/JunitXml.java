package parity.harness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;
import parity.tensors.Text;

/**
 * {@code junit.xml}, as CI servers read it: a suite a stage, a case a tensor and a case a control.
 * The suite {@code parity} stands before them with the case {@code verdict}, which passes only if
 * the whole run does: who looks at nothing but this file never takes an inconclusive run for a good
 * one. The same run gives the same bytes, so there are no times in it.
 */
public final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Writes the report. */
  public static void write(Path file, RunResult result) {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new JunitXml(xml).write(result);
      xml.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XMLStreamException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be written", e));
    }
  }

  private void write(RunResult result) throws XMLStreamException {
    List<JunitCase> verdict = List.of(JunitCase.verdict(result));
    List<List<JunitCase>> stages = result.stages().stream().map(JunitCase::cases).toList();
    List<JunitCase> all = new ArrayList<>(verdict);
    stages.forEach(all::addAll);

    xml.writeStartDocument("UTF-8", "1.0");
    line(0);
    xml.writeStartElement("testsuites");
    xml.writeAttribute("name", "parity");
    counts(all);
    List<String> overrides =
        result.overridden().stream().map(each -> "overridden: " + each).toList();
    // Some servers show what a case says, and not what its suite does.
    suite("parity", result.overridden(), verdict, overrides, overrides);
    for (int i = 0; i < stages.size(); i++) {
      StageResult stage = result.stages().get(i);
      List<String> said = new ArrayList<>(overrides);
      said.addAll(stage.notes());
      suite("parity." + stage.name(), result.overridden(), stages.get(i), said, List.of());
    }
    line(0);
    xml.writeEndElement();
    line(0);
    xml.writeEndDocument();
  }

  private void suite(
      String name,
      List<Overridden> overridden,
      List<JunitCase> cases,
      List<String> notes,
      List<String> ofPassed)
      throws XMLStreamException {
    line(1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    counts(cases);
    // CI servers' schemas know this attribute of a suite only, not of all suites together.
    xml.writeAttribute("skipped", count(cases, JunitCase.Kind.SKIPPED));
    properties(overridden);
    for (JunitCase each : cases) {
      write(name, each, ofPassed);
    }
    systemOut(2, notes);
    line(1);
    xml.writeEndElement();
  }

  private void properties(List<Overridden> overridden) throws XMLStreamException {
    if (overridden.isEmpty()) {
      return;
    }
    line(2);
    xml.writeStartElement("properties");
    for (Overridden each : overridden) {
      line(3);
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", legal("overridden " + each.option()));
      xml.writeAttribute("value", legal(each.says()));
    }
    line(2);
    xml.writeEndElement();
  }

  private void systemOut(int depth, List<String> lines) throws XMLStreamException {
    if (lines.isEmpty()) {
      return;
    }
    line(depth);
    xml.writeStartElement("system-out");
    xml.writeCharacters(lines.stream().map(JunitXml::legal).collect(Collectors.joining("\n")));
    xml.writeEndElement();
  }

  private void counts(List<JunitCase> cases) throws XMLStreamException {
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", count(cases, JunitCase.Kind.FAILURE));
    xml.writeAttribute("errors", count(cases, JunitCase.Kind.ERROR));
  }

  private static String count(List<JunitCase> cases, JunitCase.Kind kind) {
    return Long.toString(cases.stream().filter(each -> each.kind() == kind).count());
  }

  private void write(String suite, JunitCase each, List<String> ofPassed)
      throws XMLStreamException {
    line(2);
    if (each.kind() == JunitCase.Kind.PASSED && !ofPassed.isEmpty()) {
      xml.writeStartElement("testcase");
      attributes(suite, each);
      systemOut(3, ofPassed);
      line(2);
      xml.writeEndElement();
      return;
    }
    if (each.kind() == JunitCase.Kind.PASSED) {
      xml.writeEmptyElement("testcase");
      attributes(suite, each);
      return;
    }
    xml.writeStartElement("testcase");
    attributes(suite, each);
    line(3);
    if (each.kind() == JunitCase.Kind.SKIPPED) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", legal(each.message()));
    } else {
      xml.writeStartElement(each.kind() == JunitCase.Kind.FAILURE ? "failure" : "error");
      xml.writeAttribute("type", each.type());
      xml.writeAttribute("message", legal(each.message()));
      xml.writeCharacters(legal(each.name() + ": " + each.message()));
      xml.writeEndElement();
    }
    line(2);
    xml.writeEndElement();
  }

  private void attributes(String suite, JunitCase each) throws XMLStreamException {
    xml.writeAttribute("classname", suite);
    xml.writeAttribute("name", legal(each.name()));
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  /** Nothing that XML 1.0 cannot hold, and no line but those that are meant. */
  private static String legal(String text) {
    return Text.visible(text);
  }
}
