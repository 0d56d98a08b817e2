package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parity.harness.fixture.Parity;
import parity.harness.result.StageName;
import parity.harness.stage.Stages;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What help says, and that the documents cite verbs and options that there are. */
final class HelpTest {
  private static final Path ROOT = Path.of("..");

  /** {@code ./parity VERB and all that follows it}; a line may end in a comment. */
  private static final Pattern CITED = Pattern.compile("[.]/parity ([a-z][a-z-]*)([^\n#`|]*)");

  /** What is quoted is not ours, a candidate's command say. */
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

  private static final Pattern OPTION = Pattern.compile("(?<=[ \\[])--[a-z][a-z0-9-]*");

  private static Map<String, CommandLine> all() {
    return ParityCommand.commandLine().getSubcommands();
  }

  /** Verbs that answer for themselves: capture's options are Python's, help has none. */
  static Stream<String> verbs() {
    return all().keySet().stream().filter(verb -> !List.of("capture", "help").contains(verb));
  }

  @Test
  void help_listsVerbsAndExitCodes() {
    Parity help = Parity.run("--help");
    assertThat(help.exitCode()).isEqualTo(0);
    for (String verb : all().keySet()) {
      assertThat(help.out()).containsMatch("(?m)^  " + verb + " ");
    }
    assertThat(help.out()).contains("Exit codes: 0 parity holds, 1 it does not, 2 inconclusive");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void help_verb_saysUsageAndDescribesEachOption(String verb) {
    Parity help = Parity.run(verb, "--help");
    assertThat(help.exitCode()).isEqualTo(0);
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: parity " + verb);
    CommandLine line = Objects.requireNonNull(all().get(verb));
    for (OptionSpec option : line.getCommandSpec().options()) {
      assertThat(help.out()).contains(option.longestName());
    }
    for (ArgSpec argument : line.getCommandSpec().args()) {
      assertWithMessage("%s of %s", argument, verb).that(argument.description()).isNotEmpty();
    }
    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
  }

  /** The library formats its texts, and shows one that it cannot format as it is. */
  @ParameterizedTest
  @MethodSource("verbs")
  void help_signOfPercent_standsThereOnce(String verb) {
    assertThat(Parity.run(verb, "--help").out()).doesNotContain("%%");
    for (String footer :
        Objects.requireNonNull(all().get(verb)).getCommandSpec().usageMessage().footer()) {
      assertThat(footer.replace("%%", "").replace("%n", "")).doesNotContain("%");
    }
  }

  @Test
  void verbs_everyStage_hasOneThatSaysWhatItCompares() {
    for (StageName stage : Stages.names()) {
      CommandLine verb = Objects.requireNonNull(all().get(stage.verb()));
      assertThat(verb.getCommandSpec().usageMessage().description())
          .asList()
          .containsExactly(stage.about());
    }
  }

  @Test
  void documents_everyCitedCommand_isOneThatThereIs() throws IOException {
    int cited = 0;
    for (Path document : documents()) {
      // A shell joins lines that end in a backslash.
      String text = Files.readString(document).replace("\\\n", " ");
      for (MatchResult command : CITED.matcher(text).results().toList()) {
        cited++;
        String where = document + ": " + command.group();
        CommandLine verb = all().get(command.group(1));
        assertWithMessage("%s", where).that(verb).isNotNull();
        if (!command.group(1).equals("capture")) {
          OPTION
              .matcher(QUOTED.matcher(command.group(2)).replaceAll("''"))
              .results()
              .map(MatchResult::group)
              .forEach(option ->
                  assertWithMessage("%s", where)
                      .that(Objects.requireNonNull(verb).getCommandSpec().findOption(option))
                      .isNotNull());
        }
      }
    }
    assertThat(cited).isGreaterThan(20);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }
}
