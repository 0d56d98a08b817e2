package parity.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, as its reader and its links see it. */
record DocsPage(Path path, List<String> lines) {
  /** Where the project is, from the folder that the tests run in. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** {@code [text](target)} and {@code ![text](target)}; the text may hold one more in brackets. */
  private static final Pattern LINK =
      Pattern.compile("\\[((?:!\\[[^\\]]*\\]\\([^)]*\\)|[^\\]])*)\\]\\(([^)\\s]+)\\)");

  private static final Pattern CODE = Pattern.compile("(`+).*?\\1");

  /** All pages: at the root, in {@code docs/}, and of the capturing side and the sample. */
  static List<DocsPage> all() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
      below.filter(path -> path.toString().endsWith(".md")).sorted().forEach(paths::add);
    }
    for (String page :
        List.of(
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "capture/README.md",
            "samples/README.md")) {
      paths.add(ROOT.resolve(page));
    }
    List<DocsPage> pages = new ArrayList<>();
    for (Path path : paths) {
      pages.add(read(path));
    }
    return pages;
  }

  static DocsPage read(Path path) throws IOException {
    return new DocsPage(path.normalize(), Files.readAllLines(path));
  }

  /** Path below the project, for messages. */
  String name() {
    return ROOT.relativize(path).toString();
  }

  /** All that is neither a heading nor code. */
  String prose() {
    return outsideFences().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> CODE.matcher(line).replaceAll(""))
        .collect(Collectors.joining("\n"));
  }

  /** What stands in backquotes outside fences. */
  List<String> spans() {
    return outsideFences().stream()
        .flatMap(line -> CODE.matcher(line).results())
        .map(span -> span.group().replace("`", ""))
        .toList();
  }

  /** The prose with each link to the glossary as {@code <anchor>}, and without any other link. */
  String marked() {
    return LINK.matcher(prose())
        .replaceAll(link ->
            link.group(2).contains("glossary.md#")
                ? "<" + link.group(2).replaceFirst(".*#", "") + ">"
                : "");
  }

  /** Where the page's links lead, as they are written. */
  List<String> targets() {
    return LINK.matcher(prose())
        .results()
        .flatMap(link ->
            Stream.concat(
                LINK.matcher(link.group(1)).results().map(inner -> inner.group(2)),
                Stream.of(link.group(2))))
        .toList();
  }

  /** The file that a link of this page leads to. */
  Path file(String target) {
    String file = target.replaceFirst("#.*", "");
    return file.isEmpty() ? path : path.resolveSibling(file).normalize();
  }

  /** What may stand behind a {@code #}, made of the headings as GitHub makes it. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> times = new HashMap<>();
    for (String line : outsideFences()) {
      if (line.startsWith("#")) {
        String anchor =
            line.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = times.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /** The commands in fences of shell code, one a line whatever lines they stand on. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    String fence = "";
    String begun = "";
    for (String line : lines) {
      if (line.startsWith("```")) {
        fence = fence.isEmpty() ? line : "";
      } else if (fence.equals("```sh")) {
        begun += line.strip();
        if (begun.endsWith("\\")) {
          begun = begun.substring(0, begun.length() - 1);
        } else {
          commands.add(begun);
          begun = "";
        }
      }
    }
    return commands;
  }

  /** The lines below a heading, up to the next of its rank. */
  List<String> section(String heading) {
    int begin = lines.indexOf(heading);
    if (begin < 0) {
      throw new AssertionError(name() + " has no heading " + heading);
    }
    String rank = heading.replaceFirst(" .*", " ");
    return lines.subList(begin + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith(rank))
        .toList();
  }

  private List<String> outsideFences() {
    List<String> outside = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        outside.add(line);
      }
    }
    return outside;
  }
}
