package parity.harness.cli.options;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import parity.harness.names.NearNames;
import parity.harness.report.Words;
import parity.harness.result.StageName;
import parity.harness.stage.Stage;
import parity.harness.stage.Stages;
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
    Set<StageName> chosen = Arrays.stream(names).map(StageNames::one).collect(Collectors.toSet());
    return Stages.names().stream()
        .filter(chosen::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static StageName one(String name) {
    String label = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    List<String> known = Stages.names().stream().map(StageName::label).toList();
    return Stages.labelled(label)
        .map(Stage::name)
        .orElseThrow(() ->
            new BadInputException(
                "--stages %s: no such stage; there are %s%s"
                    .formatted(name, Words.list(known), NearNames.hint(label, known))));
  }
}
