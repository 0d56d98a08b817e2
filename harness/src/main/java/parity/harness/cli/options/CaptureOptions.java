package parity.harness.cli.options;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.harness.run.GivenFolder;
import parity.harness.run.ProjectHome;
import parity.harness.run.SegmentFolder;
import parity.tensors.BadInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which capture, of which model. */
public final class CaptureOptions {
  private static final String FRONTEND_FILE = "FRONTEND_ARTIFACTS";
  private static final String FULL_FILE = "FULL_ARTIFACTS";

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description =
          "Folder of the capture, or of its folders segment_N (default: samples/capture with the"
              + " sample model, else output/benchmarks/YYYY-MM-DD of today).")
  private @Nullable Path artifacts;

  @Option(
      names = "--frontend-artifacts",
      paramLabel = "FILE",
      description =
          "Its frontend_artifacts.safetensors, if that is elsewhere (default: $FRONTEND_ARTIFACTS).")
  private @Nullable Path frontendArtifacts;

  @Option(
      names = "--full-artifacts",
      paramLabel = "FILE",
      description =
          "Its debug_artifacts.safetensors, if that is elsewhere (default: $FULL_ARTIFACTS).")
  private @Nullable Path fullArtifacts;

  @Option(
      names = "--segment-index",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which segment of the text to compare (default: 0).")
  private int segmentIndex;

  @Option(
      names = "--n-timesteps",
      paramLabel = "N",
      description = "Euler steps. Only for a capture that does not say them (default: 10).")
  private @Nullable Integer nTimesteps;

  @Option(
      names = "--voiced-threshold",
      paramLabel = "HZ",
      description =
          "F0 above which a frame is voiced. Only for a capture that does not say it (default: 10).")
  private @Nullable Double voicedThreshold;

  @Option(
      names = "--f0-precision",
      paramLabel = "P",
      description =
          "float64 or float32. Only for a capture that does not say it (default: float64).")
  private @Nullable F0Precision f0Precision;

  @Option(
      names = "--streaming",
      description = "The capture is of a streaming run. Only for a capture that does not say it.")
  private boolean streaming;

  /**
   * Files of a capture and the model that it is of.
   *
   * @param folder of the capture
   * @param frontend file of what the frontend read and wrote, whether it is there or not
   * @param full file of what the other stages read and wrote, whether it is there or not
   * @param overrides settings that the capture does not say
   */
  public record Chosen(
      Path model,
      Path folder,
      Path frontend,
      Path full,
      int segmentIndex,
      Settings.Overrides overrides) {}

  /**
   * What was given, else what the environment names, else the sample.
   *
   * @throws BadInputException if a folder is not what it is given for
   */
  public Chosen get(Map<String, String> environment) {
    ModelOptions.Chosen chosen = model.get(environment);
    Path folder = folder(chosen, environment);
    return new Chosen(
        chosen.folder(),
        folder,
        file(frontendArtifacts, environment.get(FRONTEND_FILE), folder, Capture.FRONTEND),
        file(fullArtifacts, environment.get(FULL_FILE), folder, Capture.FULL),
        segmentIndex,
        new Settings.Overrides(
            Optional.ofNullable(nTimesteps),
            Optional.ofNullable(voicedThreshold),
            Optional.ofNullable(f0Precision),
            streaming ? Optional.of(true) : Optional.empty()));
  }

  private Path folder(ModelOptions.Chosen chosen, Map<String, String> environment) {
    Path folder =
        artifacts != null
            ? artifacts
            : chosen.sample()
                ? ProjectHome.find().sampleCapture()
                : ProjectHome.find().today(LocalDate.now(ZoneId.systemDefault()));
    boolean elsewhere =
        given(frontendArtifacts, environment.get(FRONTEND_FILE))
            && given(fullArtifacts, environment.get(FULL_FILE));
    if (!elsewhere) {
      GivenFolder.requireCapture(
          folder, artifacts != null ? "--artifacts" : "--artifacts is not given, and");
    }
    return SegmentFolder.of(folder, segmentIndex);
  }

  private static boolean given(@Nullable Path option, @Nullable String variable) {
    return option != null || (variable != null && !variable.isEmpty());
  }

  private static Path file(
      @Nullable Path option, @Nullable String variable, Path folder, String name) {
    if (option != null) {
      return option;
    }
    return variable != null && !variable.isEmpty() ? Path.of(variable) : folder.resolve(name);
  }
}
