package parity.harness;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/speaking.md tells a Maven project to take is what the build takes. */
class DocsVersionsTest {
  private static final Pattern ROW = Pattern.compile("\\| `([\\w.-]+:[\\w.-]+)` \\| ([\\w.]+) \\|");

  private static final Pattern DEPENDENCY =
      Pattern.compile("<groupId>([\\w.-]+)</groupId>\\s*<artifactId>([\\w.-]+)</artifactId>");

  private static final Pattern MANAGED =
      Pattern.compile(DEPENDENCY.pattern() + "\\s*<version>\\$\\{([\\w.-]+)}</version>");

  private static String read(String file) throws IOException {
    return Files.readString(DocsPage.ROOT.resolve(file));
  }

  @Test
  void libraries_onThePage_areThoseOfTheBuild() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    Matcher row = ROW.matcher(read("docs/speaking.md"));
    while (row.find()) {
      listed.put(row.group(1), row.group(2));
    }
    String parent = read("pom.xml");
    Map<String, String> taken = new TreeMap<>();
    taken.put("org.jspecify:jspecify", version(parent, "jspecify"));
    Matcher dependency = DEPENDENCY.matcher(read("cosyvoice/pom.xml"));
    while (dependency.find()) {
      if (!dependency.group(1).equals("parity")) {
        taken.put(
            dependency.group(1) + ":" + dependency.group(2), version(parent, dependency.group(2)));
      }
    }
    assertThat(listed).containsExactlyEntriesIn(taken);
  }

  private static String version(String parent, String artifact) {
    Matcher managed = MANAGED.matcher(parent);
    while (managed.find()) {
      if (managed.group(2).equals(artifact)) {
        return value(parent, managed.group(3));
      }
    }
    throw new AssertionError("pom.xml manages no " + artifact);
  }

  private static String value(String parent, String property) {
    Matcher value = Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<").matcher(parent);
    assertThat(value.find()).isTrue();
    return value.group(1);
  }

  @Test
  void project_onThePage_isTheBuilds() throws IOException {
    String parent = read("pom.xml");
    Matcher version =
        Pattern.compile("<artifactId>parity</artifactId>\\s*<version>([^<]+)<").matcher(parent);
    assertThat(version.find()).isTrue();
    String page = read("docs/speaking.md");
    assertThat(page).contains("<version>" + version.group(1) + "</version>");
    assertThat(page)
        .contains(
            "<maven.compiler.release>"
                + value(parent, "maven.compiler.release")
                + "</maven.compiler.release>");
  }
}
