package parity.harness.cli.options;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parity.harness.plan.Declared;
import parity.harness.regime.RequiredRegimes;
import parity.harness.result.StageName;
import parity.harness.run.ModuleNames;
import parity.harness.run.ProjectHome;
import parity.harness.run.RunRequest;
import parity.tensors.BadInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run compares, and where it finds and leaves its files. */
public final class RunOptions {
  @Mixin private final CaptureOptions capture = new CaptureOptions();

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

  @Option(
      names = "--expect",
      paramLabel = "given|FILE",
      description =
          "What is to be compared: what both sides hold, of each stage one of its results at"
              + " least; or names, one a line, in which * is any text. The rest is out of scope"
              + " (default: all that the capture holds).")
  private @Nullable String expect;

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
    CaptureOptions.Chosen chosen = capture.get(environment);
    return new RunRequest(
        chosen.model(),
        chosen.frontend(),
        chosen.full(),
        Optional.ofNullable(promptWav),
        Optional.ofNullable(sourceWav),
        results(module.isPresent()),
        stages,
        skipped(stages, environment),
        allowSkips,
        candidate.get(),
        forceModel,
        chosen.segmentIndex(),
        requiredRegimes == null ? List.of() : RequiredRegimes.read(requiredRegimes),
        expect == null ? Declared.ALL : Declared.of(expect),
        module,
        chosen.overrides(),
        threads);
  }

  /** Names of the tensors of all modules of the capture, for messages. */
  public List<String> modules(Map<String, String> environment) {
    return ModuleNames.of(capture.get(environment).folder());
  }

  private Path results(boolean ofModule) {
    if (out != null) {
      return out;
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    return ProjectHome.find().unusedOutput(now, ofModule ? "replay" : "");
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
