package parity.harness.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.harness.result.StageName;
import parity.harness.run.ProjectHome;
import parity.harness.run.RunRequest;
import parity.harness.run.SegmentFolder;
import parity.tensors.BadInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run compares, and where it finds and leaves its files. */
final class RunOptions {
  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description =
          "Release folder of the model (default: samples/model, whose weights are random).")
  private @Nullable Path modelDir;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description =
          "Folder of the capture, or of its folders segment_N (default: samples/capture with the"
              + " sample model, else OUT).")
  private @Nullable Path artifacts;

  @Option(
      names = "--frontend-artifacts",
      paramLabel = "FILE",
      description = "That file of it, where it stands elsewhere (default: $FRONTEND_ARTIFACTS).")
  private @Nullable Path frontendArtifacts;

  @Option(
      names = "--full-artifacts",
      paramLabel = "FILE",
      description = "That file of it, where it stands elsewhere (default: $FULL_ARTIFACTS).")
  private @Nullable Path fullArtifacts;

  @Option(
      names = "--prompt-wav",
      paramLabel = "WAV",
      description =
          "The recording of the capture (default: the file that its metadata names, beside it or in"
              + " the folder above).")
  private @Nullable Path promptWav;

  @Option(
      names = "--source-wav",
      paramLabel = "WAV",
      description =
          "The recording whose voice was converted, of a capture of voice conversion (default: as"
              + " for --prompt-wav).")
  private @Nullable Path sourceWav;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go (default: output/benchmarks/YYYY-MM-DD).")
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
      description = "Euler steps, for artifacts that do not say (default: 10).")
  private @Nullable Integer nTimesteps;

  @Option(
      names = "--voiced-threshold",
      paramLabel = "HZ",
      description =
          "F0 above which a frame is voiced, for artifacts that do not say (default: 10).")
  private @Nullable Double voicedThreshold;

  @Option(
      names = "--f0-precision",
      paramLabel = "P",
      description = "float64 or float32, for artifacts that do not say (default: float64).")
  private @Nullable F0Precision f0Precision;

  @Option(
      names = "--streaming",
      description =
          "The flow was captured with the mask of a streaming run, and its files do not say.")
  private boolean streaming;

  @Option(
      names = "--force-model",
      description =
          "Go on with a model that is not the one the capture was made from. The reports say so, and"
              + " name the files.")
  private boolean forceModel;

  @Option(
      names = "--allow-skips",
      description =
          "Let a run pass in which SKIP_NATIVE_TEXT, _FRONTEND, _LLM, _FLOW or _HIFT is 1.")
  private boolean allowSkips;

  @Mixin private final CandidateOptions candidate = new CandidateOptions();

  RunRequest request(Set<StageName> stages, int threads, Map<String, String> environment) {
    Path results = out != null ? out : ProjectHome.find().defaultOutput();
    return request(stages, Optional.empty(), results, results, threads, environment);
  }

  /** One module alone; its results do not replace those of a run. */
  RunRequest request(StageName stage, String module, int threads, Map<String, String> environment) {
    if (candidate.get().isPresent()) {
      throw new BadInputException(
          "replay: a candidate's modules cannot be run alone; leave --candidate out, or compare its"
              + " stage");
    }
    Path run = ProjectHome.find().defaultOutput();
    Path results = out != null ? out : run.resolve("replay");
    return request(EnumSet.of(stage), Optional.of(module), run, results, threads, environment);
  }

  private RunRequest request(
      Set<StageName> stages,
      Optional<String> module,
      Path run,
      Path results,
      int threads,
      Map<String, String> environment) {
    boolean sample = modelDir == null;
    Path model = modelDir != null ? modelDir : ProjectHome.find().sampleModel();
    Path capture =
        artifacts != null ? artifacts : sample ? ProjectHome.find().sampleCapture() : run;
    Path folder = SegmentFolder.of(capture, segmentIndex);
    return new RunRequest(
        model,
        file(frontendArtifacts, environment.get("FRONTEND_ARTIFACTS"), folder, Capture.FRONTEND),
        file(fullArtifacts, environment.get("FULL_ARTIFACTS"), folder, Capture.FULL),
        Optional.ofNullable(promptWav),
        Optional.ofNullable(sourceWav),
        results,
        stages,
        skipped(stages, environment),
        allowSkips,
        candidate.get(),
        forceModel,
        segmentIndex,
        module,
        new Settings.Overrides(
            Optional.ofNullable(nTimesteps),
            Optional.ofNullable(voicedThreshold),
            Optional.ofNullable(f0Precision),
            streaming ? Optional.of(true) : Optional.empty()),
        threads);
  }

  private static Path file(
      @Nullable Path option, @Nullable String variable, Path folder, String name) {
    if (option != null) {
      return option;
    }
    return variable != null && !variable.isEmpty() ? Path.of(variable) : folder.resolve(name);
  }

  private static Set<StageName> skipped(Set<StageName> stages, Map<String, String> environment) {
    Set<StageName> skipped = EnumSet.noneOf(StageName.class);
    for (StageName stage : stages) {
      if ("1".equals(environment.get("SKIP_NATIVE_" + stage.name()))) {
        skipped.add(stage);
      }
    }
    return skipped;
  }
}
