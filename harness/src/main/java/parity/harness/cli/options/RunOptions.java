package parity.harness.cli.options;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.harness.regime.RequiredRegimes;
import parity.harness.result.StageName;
import parity.harness.run.GivenFolder;
import parity.harness.run.ModuleNames;
import parity.harness.run.ProjectHome;
import parity.harness.run.RunRequest;
import parity.harness.run.SegmentFolder;
import parity.tensors.BadInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run compares, and where it finds and leaves its files. */
public final class RunOptions {
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
      names = "--prompt-wav",
      paramLabel = "WAV",
      description =
          "The recording that the capture was made with (default: the file that the capture names,"
              + " beside it, in the folder above, or beside the model).")
  private @Nullable Path promptWav;

  @Option(
      names = "--source-wav",
      paramLabel = "WAV",
      description =
          "For a capture of voice conversion: the recording that was converted (default: as for"
              + " --prompt-wav).")
  private @Nullable Path sourceWav;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where results go. They replace those of an earlier run there, and a line says so"
              + " (default: output/benchmarks/YYYY-MM-DD; if results are there already,"
              + " output/benchmarks/YYYY-MM-DD_HHMMSS).")
  private @Nullable Path out;

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

  @Option(
      names = "--force-model",
      description =
          "Compare although the model is not the one that the capture was made from. The reports"
              + " say so, and name the files.")
  private boolean forceModel;

  @Option(
      names = "--allow-skips",
      description =
          "Pass although a stage is skipped by SKIP_NATIVE_TEXT=1 (or _FRONTEND, _LLM, _FLOW,"
              + " _HIFT).")
  private boolean allowSkips;

  @Option(
      names = "--require-regimes",
      paramLabel = "FILE",
      description =
          "Names of what the capture has to exercise, one a line; without one of them the run is"
              + " INCONCLUSIVE. parity regimes lists all.")
  private @Nullable Path requiredRegimes;

  @Mixin private final CandidateOptions candidate = new CandidateOptions();

  /**
   * Stages to compare.
   *
   * @throws BadInputException if a folder is not what it is given for
   */
  public RunRequest request(Set<StageName> stages, int threads, Map<String, String> environment) {
    return request(stages, Optional.empty(), threads, environment);
  }

  /** One module alone; its results do not replace those of a run. */
  public RunRequest request(
      StageName stage, String module, int threads, Map<String, String> environment) {
    if (candidate.isGiven()) {
      throw new BadInputException(
          "replay: a candidate's modules cannot be run alone; leave --candidate out, or compare its"
              + " stage");
    }
    return request(Set.of(stage), Optional.of(module), threads, environment);
  }

  private RunRequest request(
      Set<StageName> stages,
      Optional<String> module,
      int threads,
      Map<String, String> environment) {
    ModelOptions.Chosen chosen = model.get(environment);
    Path folder = captureFolder(chosen, environment);
    return new RunRequest(
        chosen.folder(),
        file(frontendArtifacts, environment.get(FRONTEND_FILE), folder, Capture.FRONTEND),
        file(fullArtifacts, environment.get(FULL_FILE), folder, Capture.FULL),
        Optional.ofNullable(promptWav),
        Optional.ofNullable(sourceWav),
        results(module.isPresent()),
        stages,
        skipped(stages, environment),
        allowSkips,
        candidate.get(),
        forceModel,
        segmentIndex,
        requiredRegimes == null ? List.of() : RequiredRegimes.read(requiredRegimes),
        module,
        new Settings.Overrides(
            Optional.ofNullable(nTimesteps),
            Optional.ofNullable(voicedThreshold),
            Optional.ofNullable(f0Precision),
            streaming ? Optional.of(true) : Optional.empty()),
        threads);
  }

  /** Names of the tensors of all modules of the capture, for messages. */
  public List<String> modules(Map<String, String> environment) {
    return ModuleNames.of(captureFolder(model.get(environment), environment));
  }

  private Path captureFolder(ModelOptions.Chosen chosen, Map<String, String> environment) {
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

  private Path results(boolean ofModule) {
    if (out != null) {
      return out;
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    return ProjectHome.find().unusedOutput(now, ofModule ? "replay" : "");
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

  private static Set<StageName> skipped(Set<StageName> stages, Map<String, String> environment) {
    Set<StageName> skipped = new LinkedHashSet<>();
    for (StageName stage : stages) {
      if ("1".equals(environment.get("SKIP_NATIVE_" + stage.label().toUpperCase(Locale.ROOT)))) {
        skipped.add(stage);
      }
    }
    return skipped;
  }
}
