package parity.harness.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Style and scripts that are written into the page, so that it needs nothing else. */
final class Assets {
  private static final String LIBRARIES = "/META-INF/resources/webjars/";

  private Assets() {}

  /** Of the libraries, then ours, which has the last word. */
  static String style() {
    return library("uplot", "dist/uPlot.min.css")
        + library("tabulator-tables", "dist/css/tabulator_simple.min.css")
        + own("report.css");
  }

  /** Of the libraries, then ours, in the order in which they use each other. */
  static String script() {
    return Stream.of(
            library("uplot", "dist/uPlot.iife.min.js"),
            library("tabulator-tables", "dist/js/tabulator.min.js"),
            own("rows.js"),
            own("charts.js"),
            own("table.js"),
            own("page.js"))
        .collect(Collectors.joining("\n"));
  }

  private static String library(String name, String file) {
    String folder = LIBRARIES + name + "/" + version(name) + "/";
    String text = read(folder + file);
    // Every copy must carry the licence. The map is not in the page, and is not to be looked for.
    String licence = "/*! %s %s\n%s*/\n".formatted(name, version(name), read(folder + "LICENSE"));
    return licence + text.replaceFirst("\\s*(//|/\\*)# sourceMappingURL=\\S+( \\*/)?\\s*$", "\n");
  }

  private static String version(String library) {
    Properties properties = new Properties();
    try (InputStream in = Assets.class.getResourceAsStream("/parity.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(properties.getProperty(library), library);
  }

  private static String own(String name) {
    return read("/parity/harness/report/html/" + name);
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (text.contains("</script") || text.contains("</style")) {
        throw new IllegalStateException(resource + " would end its own element of the page");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
