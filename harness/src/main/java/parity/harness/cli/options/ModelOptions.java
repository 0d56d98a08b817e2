package parity.harness.cli.options;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parity.harness.run.GivenFolder;
import parity.harness.run.ProjectHome;
import picocli.CommandLine.Option;

/** Which model. */
public final class ModelOptions {
  private static final String VARIABLE = "MODEL_DIR";

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description =
          "Release folder of the model (default: $MODEL_DIR, else samples/model, whose weights are"
              + " random).")
  private @Nullable Path modelDir;

  /**
   * A model folder.
   *
   * @param sample whether nobody chose it, so that it is the sample's
   */
  public record Chosen(Path folder, boolean sample) {}

  /**
   * The folder that was given, else that of the environment, else the sample's.
   *
   * @throws parity.tensors.BadInputException if it is no model folder
   */
  public Chosen get(Map<String, String> environment) {
    return choose(modelDir, "--model-dir", environment);
  }

  /**
   * As {@link #get}, of a folder that is given in another way.
   *
   * @param way what a person gives it with, for messages
   */
  public static Chosen choose(@Nullable Path given, String way, Map<String, String> environment) {
    if (given != null) {
      GivenFolder.requireModel(given, way);
      return new Chosen(given, false);
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      Path folder = Path.of(named);
      GivenFolder.requireModel(folder, "$" + VARIABLE);
      return new Chosen(folder, false);
    }
    return new Chosen(ProjectHome.find().sampleModel(), true);
  }
}
