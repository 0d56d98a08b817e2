package parity.harness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parity.harness.names.NearNames;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be understood: what is wrong with it, and the nearest right word. */
public final class WrongUsage {
  private WrongUsage() {}

  /** What to say of it, in one line. */
  public static String line(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return says(e, command) + " (see " + command.qualifiedName() + " --help)";
  }

  private static String says(ParameterException e, CommandSpec command) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().getFirst(), command);
    }
    return e.getMessage() + nearValue(e);
  }

  private static String unmatched(String argument, CommandSpec command) {
    String name = argument.replaceFirst("=.*", "");
    if (name.startsWith("-")) {
      return name
          + ": no such option of "
          + command.qualifiedName()
          + NearNames.hint(name, command.optionsMap().keySet());
    }
    Map<String, CommandLine> verbs = command.subcommands();
    return verbs.isEmpty()
        ? argument + ": one argument too many; quote what has blanks"
        : argument + ": no such verb" + NearNames.hint(argument, verbs.keySet());
  }

  /** Of an option with a fixed list of values, the nearest of them. */
  private static String nearValue(ParameterException e) {
    Optional<Iterable<String>> values =
        Optional.ofNullable(e.getArgSpec()).map(option -> option.completionCandidates());
    if (values.isEmpty() || e.getValue() == null) {
      return "";
    }
    List<String> known = new ArrayList<>();
    values.get().forEach(value -> known.add(value.toLowerCase(Locale.ROOT)));
    return NearNames.hint(e.getValue().toLowerCase(Locale.ROOT), known);
  }
}
