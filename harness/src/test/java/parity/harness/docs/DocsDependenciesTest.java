package parity.harness.docs;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md says what is shipped, and Maven checks what it takes. */
class DocsDependenciesTest {
  /** As maven-dependency-plugin writes them: {@code GROUP:ARTIFACT:jar:VERSION:SCOPE}. */
  private static final Pattern SHIPPED =
      Pattern.compile(
          "^\\s+([\\w.-]+:[\\w.-]+):jar:(?:[\\w-]+:)?([\\w.-]+):(?:compile|runtime)\\b");

  private static final Pattern ROW =
      Pattern.compile("^\\| `([\\w.-]+:[\\w.-]+)` \\| ([\\w.-]+) \\|");

  private static final String HEADING = "## In parity.jar";

  private static Map<String, String> matches(Pattern pattern, List<String> lines) {
    Map<String, String> found = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        assertWithMessage(line).that(found.put(matcher.group(1), matcher.group(2))).isNull();
      }
    }
    return found;
  }

  @Test
  void libraries_inTheJar_areThoseOfThePage() throws IOException {
    List<String> list = Files.readAllLines(Path.of("target", "shipped.txt"));
    DocsPage page = DocsPage.read(DocsPage.ROOT.resolve("docs/dependencies.md"));
    assertThat(matches(ROW, page.section(HEADING)))
        .containsExactlyEntriesIn(matches(SHIPPED, list));
  }

  @Test
  void checksums_ofWhatABuildTakes_areWellFormedAndSorted() throws IOException {
    List<String> files = new ArrayList<>();
    for (String line :
        Files.readAllLines(DocsPage.ROOT.resolve(".mvn/checksums/checksums.sha256"))) {
      assertThat(line).matches("[0-9a-f]{64}  \\S+");
      files.add(line.substring(66));
    }
    assertThat(files).isInStrictOrder();
    assertThat(files.size()).isAtLeast(100);
  }

  @Test
  void maven_isToldToCheckThem() throws IOException {
    List<String> options =
        Files.readAllLines(DocsPage.ROOT.resolve(".mvn/maven.config")).stream()
            .map(option -> option.replaceFirst("^-Daether\\.", ""))
            .toList();
    assertThat(options)
        .containsAtLeast(
            "artifactResolver.postProcessor.trustedChecksums=true",
            "artifactResolver.postProcessor.trustedChecksums.failIfMissing=true");
    assertThat(
            Arrays.stream(
                    Files.readString(DocsPage.ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"))
                        .split("\n", -1))
                .filter(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}"))
                .count())
        .isEqualTo(1);
  }
}
