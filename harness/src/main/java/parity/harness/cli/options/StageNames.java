package parity.harness.cli.options;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import parity.harness.names.NearNames;
import parity.harness.report.Words;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

/** Stages as {@code --stages} names them. */
public final class StageNames {
  private StageNames() {}

  /**
   * Stages by name; as the verbs are called is right too.
   *
   * @throws BadInputException if there is no stage of one of the names
   */
  public static Set<StageName> of(String... names) {
    Set<StageName> chosen = EnumSet.noneOf(StageName.class);
    Arrays.stream(names).map(StageNames::one).forEach(chosen::add);
    return chosen;
  }

  private static StageName one(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    List<String> known = Arrays.stream(StageName.values()).map(StageName::label).toList();
    return Arrays.stream(StageName.values())
        .filter(stage -> stage.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new BadInputException(
                "--stages %s: no such stage; there are %s%s"
                    .formatted(name, Words.list(known), NearNames.hint(label, known))));
  }
}
