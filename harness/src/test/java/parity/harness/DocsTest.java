package parity.harness;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation hangs together: links, anchors, words, and what the sources cite of it. */
class DocsTest {
  private static final Path GLOSSARY = DocsPage.ROOT.resolve("docs/glossary.md");
  private static final Pattern CITED = Pattern.compile("docs/[\\w/.-]+\\.(?:md|json|png)\\b");
  private static final Pattern OF_THE_PROJECT =
      Pattern.compile(
          "(?:tools|samples|examples|docs|capture|tensors|compare|cosyvoice|harness)/(?!target/)[\\w./-]+");

  private static final Pattern SOURCE = Pattern.compile(".*\\.(?:java|py|sh|c|h|jte|js|xml|toml)");

  @Test
  void links_ofEveryPage_leadToFilesAndAnchors() throws IOException {
    List<String> broken = new ArrayList<>();
    for (DocsPage page : DocsPage.all()) {
      for (String target : page.targets()) {
        if (!target.startsWith("https://") && !leadsSomewhere(page, target)) {
          broken.add(page.name() + ": " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(DocsPage page, String target) throws IOException {
    Path file = page.file(target);
    if (!Files.exists(file)) {
      return false;
    }
    String anchor = target.contains("#") ? target.replaceFirst("[^#]*#", "") : "";
    return anchor.isEmpty() || DocsPage.read(file).anchors().contains(anchor);
  }

  @Test
  void pages_fromTheIndex_areAllReached() throws IOException {
    Set<Path> reached = new LinkedHashSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(DocsPage.ROOT.resolve("docs/README.md")));
    while (!next.isEmpty()) {
      Path path = next.pop();
      if (path.toString().endsWith(".md") && Files.exists(path) && reached.add(path)) {
        DocsPage page = DocsPage.read(path);
        page.targets().stream()
            .filter(target -> !target.startsWith("https://"))
            .map(page::file)
            .forEach(next::push);
      }
    }
    List<Path> docs =
        DocsPage.all().stream()
            .map(DocsPage::path)
            .filter(path -> !path.equals(DocsPage.ROOT.resolve("README.md")))
            .toList();
    assertThat(reached).containsAtLeastElementsIn(docs);
  }

  @Test
  void readme_isShort() throws IOException {
    assertThat(Files.readAllLines(DocsPage.ROOT.resolve("README.md")).size()).isAtMost(120);
  }

  @Test
  void wordsOfOurOwn_haveAnEntryInTheGlossary() throws IOException {
    assertThat(wordsOfOurOwn())
        .containsAtLeast(
            "candidate",
            "capture",
            "closed block",
            "control",
            "cumulative",
            "first divergence",
            "floor",
            "gain",
            "glue",
            "inherited",
            "isolated",
            "kind of module",
            "legal variant",
            "override",
            "sigma",
            "tap",
            "truth",
            "vacuous");
  }

  private static List<String> wordsOfOurOwn() throws IOException {
    return DocsPage.read(GLOSSARY).section("## Our own words").stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4))
        .toList();
  }

  @Test
  void wordsOfOurOwn_whereAPageFirstUsesThem_linkToTheGlossary() throws IOException {
    List<String> words = wordsOfOurOwn();
    List<String> unlinked = new ArrayList<>();
    for (DocsPage page : DocsPage.all()) {
      if (page.path().equals(GLOSSARY) || page.path().endsWith("CHANGELOG.md")) {
        continue;
      }
      String prose = page.marked();
      for (String word : words) {
        Matcher use = use(word).matcher(prose);
        int linked = prose.indexOf("<" + word.replace(' ', '-') + ">");
        if (use.find() && (linked < 0 || use.start() < linked)) {
          unlinked.add(page.name() + ": " + word);
        }
      }
    }
    assertThat(unlinked).isEmpty();
  }

  /** The word in prose, one or more of it; in capitals it is a status. */
  private static Pattern use(String word) {
    String first = word.substring(0, 1);
    return Pattern.compile(
        "(?<![\\w<-])[%s%s]%ss?(?![\\w>-])"
            .formatted(
                first, first.toUpperCase(Locale.ROOT), word.substring(1).replace(" ", "s?\\s+")));
  }

  @Test
  void pages_thatSourcesCite_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    int cited = 0;
    for (Path source : sources()) {
      Matcher page = CITED.matcher(Files.readString(source));
      while (page.find()) {
        cited++;
        if (!Files.exists(DocsPage.ROOT.resolve(page.group()))) {
          missing.add(DocsPage.ROOT.relativize(source) + ": " + page.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertWithMessage("citations").that(cited).isAtLeast(10);
  }

  @Test
  void filesOfTheProject_thatPagesName_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (DocsPage page : DocsPage.all()) {
      if (page.path().endsWith("CHANGELOG.md")) {
        continue; // names what was, too
      }
      List<String> files = new ArrayList<>(page.spans());
      page.commands().forEach(command -> files.add(command.replaceFirst(" .*", "")));
      for (String file : files) {
        if (OF_THE_PROJECT.matcher(file).matches()) {
          named++;
          if (!Files.exists(DocsPage.ROOT.resolve(file))) {
            missing.add(page.name() + ": " + file);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertWithMessage("files on pages").that(named).isAtLeast(30);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(List.of(DocsPage.ROOT.resolve("pom.xml")));
    for (String folder :
        List.of(
            "tensors/src",
            "compare/src",
            "cosyvoice/src",
            "harness/src",
            "capture/src",
            "capture/tests",
            "examples",
            "tools")) {
      try (Stream<Path> below = Files.walk(DocsPage.ROOT.resolve(folder))) {
        below
            .filter(Files::isRegularFile)
            .filter(
                path -> SOURCE.matcher(path.toString()).matches() || !path.toString().contains("."))
            .forEach(sources::add);
      }
    }
    return sources;
  }
}
