package parity.harness.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parity.harness.capture.TapName;
import parity.harness.report.Words;
import parity.harness.result.StageName;
import parity.harness.stage.Stages;
import parity.tensors.TensorFile;
import parity.tensors.checkpoint.Checkpoint;

/** Which weights a module has of its own, for a person who looks for the wrong one. */
final class ModuleWeights {
  /** A module with more has parts, and they have names. */
  private static final int NAMED = 6;

  private ModuleWeights() {}

  /**
   * The weights of a module, in one line; empty if it has none.
   *
   * @param module as the capture calls it: {@code flow.decoder.estimator.time_embed#3}
   */
  static Optional<String> of(Path modelDir, StageName stage, String module) {
    String path = TapName.of(module).path().substring(stage.label().length() + 1);
    for (String name : Stages.of(stage).modelFiles()) {
      // As the run opened it: its checksums are the business of check-model.
      try (TensorFile file = Checkpoint.open(modelDir.resolve(name))) {
        List<String> weights =
            file.names().stream().filter(weight -> weight.startsWith(path + ".")).sorted().toList();
        if (!weights.isEmpty()) {
          return Optional.of(line(name, path, weights, file));
        }
      }
    }
    return Optional.empty();
  }

  private static String line(String name, String path, List<String> weights, TensorFile file) {
    if (weights.size() > NAMED) {
      return "%s of %s in %s begin so; replay the parts of it that are wrong"
          .formatted(Words.count(weights.size(), "weight"), path, name);
    }
    return name
        + " has "
        + Words.list(weights.stream().map(weight -> weight + " " + file.info(weight)).toList());
  }
}
