package parity.harness.docs;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parity.harness.cli.ParityCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * docs/reference/command-line.md lists what the program has, and the commands on all pages use what
 * it lists. What {@code parity capture} hands to Python is compared by capture/tests/test_docs.py.
 */
class DocsCommandsTest {
  private static final String HEADING = "## parity ";
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z0-9-]*");
  private static final Pattern AS_ANOTHER =
      Pattern.compile("The options of `parity ([a-z -]+)`(?: except `([a-z-]+)`)?\\.");
  private static final Set<String> EVERYWHERE = Set.of("-h", "--help", "-V", "--version");

  /** The listed options of each verb, {@code capture faulty} being one. */
  private static Map<String, Set<String>> listed() throws IOException {
    DocsPage page = DocsPage.read(DocsPage.ROOT.resolve("docs/reference/command-line.md"));
    Map<String, Set<String>> listed = new LinkedHashMap<>();
    for (String line : page.lines()) {
      if (line.startsWith(HEADING)) {
        List<String> section = page.section(line);
        Set<String> options = new TreeSet<>();
        section.stream()
            .filter(row -> row.startsWith("| `-"))
            .map(row -> row.split("(?<!\\\\)\\|", -1)[1])
            .flatMap(cell -> OPTION.matcher(cell).results().map(MatchResult::group))
            .forEach(options::add);
        Matcher other = AS_ANOTHER.matcher(String.join(" ", section));
        if (other.find()) {
          options.addAll(listed.get(other.group(1)));
          if (other.group(2) != null) {
            options.remove(other.group(2));
          }
        }
        for (String verb : line.substring(HEADING.length()).split(", ", -1)) {
          listed.put(verb, options);
        }
      }
    }
    return listed;
  }

  @Test
  void reference_listsTheVerbsAndOptionsOfTheProgram() throws IOException {
    Map<String, Set<String>> listed = listed();
    Map<String, CommandLine> verbs = ParityCommand.commandLine().getSubcommands();
    assertThat(listed.keySet().stream().map(verb -> verb.replaceFirst(" .*", "")).distinct())
        .containsExactlyElementsIn(
            verbs.keySet().stream().filter(verb -> !verb.equals("help")).toList());
    for (Map.Entry<String, CommandLine> verb : verbs.entrySet()) {
      if (!Set.of("capture", "help").contains(verb.getKey())) {
        assertWithMessage("parity %s", verb.getKey())
            .that(listed.get(verb.getKey()))
            .containsExactlyElementsIn(options(verb.getValue()));
      }
      for (Map.Entry<String, CommandLine> below : verb.getValue().getSubcommands().entrySet()) {
        assertWithMessage("parity %s %s", verb.getKey(), below.getKey())
            .that(listed.get(verb.getKey() + " " + below.getKey()))
            .containsExactlyElementsIn(options(below.getValue()));
      }
    }
  }

  private static Set<String> options(CommandLine verb) {
    return verb.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::names)
        .flatMap(Stream::of)
        .filter(name -> !EVERYWHERE.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void commands_onEveryPage_useListedOptions() throws IOException {
    Map<String, Set<String>> listed = listed();
    List<String> unknown = new ArrayList<>();
    int tried = 0;
    for (DocsPage page : DocsPage.all()) {
      for (String command : page.commands()) {
        if (command.startsWith("./parity ") && !command.startsWith("./parity -")) {
          tried++;
          String bare = command.replaceAll("'[^']*'|\"[^\"]*\"", "_").replaceFirst(" #.*", "");
          String verb = verb(bare, listed);
          Set<String> known = listed.getOrDefault(verb, Set.of());
          OPTION
              .matcher(bare)
              .results()
              .map(MatchResult::group)
              .filter(option -> !known.contains(option) && !EVERYWHERE.contains(option))
              .forEach(option -> unknown.add("%s: %s: %s".formatted(page.name(), command, option)));
          if (!listed.containsKey(verb)) {
            unknown.add("%s: %s: no such verb".formatted(page.name(), command));
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertWithMessage("commands on pages").that(tried).isAtLeast(30);
  }

  private static String verb(String command, Map<String, Set<String>> listed) {
    String[] words = command.split(" +", -1);
    String two = words.length > 2 ? words[1] + " " + words[2] : "";
    return listed.containsKey(two) ? two : words[1];
  }
}
