package parity.harness.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.harness.console.VisibleWriter;
import parity.harness.result.RunResult;

/**
 * {@code report.html}: one file that opens from disk, needs no network, and reads in the dark, in a
 * narrow window and on paper. The same run gives the same bytes: there is no clock and no path in
 * it.
 */
public final class ReportHtml {
  private ReportHtml() {}

  /** Writes the page. */
  public static void write(Path file, RunResult result) {
    TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    try (Writer out = new VisibleWriter(Files.newBufferedWriter(file))) {
      templates.render("report.jte", Page.of(result), new WriterOutput(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
