package parity.harness.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parity.harness.report.Words;
import parity.tensors.Text;

/** A model folder, for people: a line a file, then what is wrong. */
public final class ModelText {
  private ModelText() {}

  /** The lines. */
  public static List<String> lines(ModelReport report) {
    int width = report.files().stream().mapToInt(file -> shown(file).length()).max().orElse(1);
    int says = report.files().stream().mapToInt(file -> file.says().length()).max().orElse(1);
    String form = "%-5s %-" + width + "s %15s  %-" + says + "s  %s";
    List<String> lines = new ArrayList<>();
    for (ModelFile file : report.files()) {
      lines.add(
          String.format(
                  Locale.ROOT,
                  form,
                  word(file),
                  shown(file),
                  file.bytes().map(Words::number).orElse("-"),
                  file.says(),
                  file.sha256().orElse(""))
              .stripTrailing());
    }
    for (ModelFile file : report.files()) {
      file.link().ifPresent(target -> lines.add(shown(file) + " -> " + plain(target)));
    }
    for (ModelFile file : report.wrong()) {
      file.problems().forEach(problem -> lines.add(shown(file) + ": " + problem));
    }
    return lines;
  }

  private static String word(ModelFile file) {
    if (!file.isFine()) {
      return "WRONG";
    }
    return file.exists() ? "ok" : "-";
  }

  private static String shown(ModelFile file) {
    return plain(file.name());
  }

  /** Without quotes where there is nothing in it that a terminal would take for more than text. */
  private static String plain(String name) {
    String quoted = Text.quote(name);
    return quoted.equals("'" + name + "'") ? name : quoted;
  }
}
