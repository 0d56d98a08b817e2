package parity.harness.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.harness.console.Progress;
import parity.harness.console.Screen;
import parity.harness.console.StageLog;
import parity.harness.limits.ModuleLimits;
import parity.harness.plan.Declared;
import parity.harness.port.PortContext;
import parity.harness.port.Recordings;
import parity.harness.port.Scope;
import parity.harness.port.java.NativeSide;
import parity.harness.result.StageName;
import parity.harness.stage.StageContext;
import parity.harness.stage.StageRun;
import parity.harness.stage.Stages;

/**
 * Finds out how a reference was run whose artifacts do not say it: where a stage is wrong with what
 * upstream does, it is run again with what others are likely to have done.
 */
final class OtherSettings {
  /** One is what a port begins with; the others are what people take to be faster or finer. */
  private static final List<Integer> STEPS = List.of(1, 5, 2, 4, 8, 6, 16, 20, 25, 32);

  private static final List<Double> THRESHOLDS = List.of(10.0, 5.0, 0.0);

  private final RunRequest request;
  private final CosyVoiceConfig config;
  private final Screen screen;

  OtherSettings(RunRequest request, CosyVoiceConfig config, Screen screen) {
    this.request = request;
    this.config = config;
    this.screen = screen;
  }

  /** The options under which a stage is not wrong; none where there are none, or all is said. */
  Optional<String> find(StageName stage, Capture capture) {
    for (Settings.Overrides likely : likely(stage, capture)) {
      String options = String.join(" ", capture.optionsFor(likely));
      if (options.isEmpty()) {
        continue; // as it was run
      }
      screen.line("    trying %s, which the capture does not say".formatted(options));
      if (agrees(stage, likely)) {
        return Optional.of(options);
      }
    }
    return Optional.empty();
  }

  private List<Settings.Overrides> likely(StageName stage, Capture capture) {
    if (stage.equals(StageName.FLOW)) {
      return flow(capture);
    }
    return stage.equals(StageName.HIFT) ? hift(capture) : List.of();
  }

  private List<Settings.Overrides> flow(Capture capture) {
    Settings.Overrides given = request.overrides();
    List<Settings.Overrides> likely = new ArrayList<>();
    boolean steps = isOpen(capture, "n_timesteps", given.nTimesteps());
    if (steps) {
      STEPS.forEach(count -> likely.add(with(Optional.of(count), given.streaming())));
    }
    if (isOpen(capture, "streaming", given.streaming())) {
      likely.add(steps ? 1 : 0, with(given.nTimesteps(), Optional.of(true)));
      if (steps) {
        likely.add(with(Optional.of(1), Optional.of(true)));
      }
    }
    return likely;
  }

  private List<Settings.Overrides> hift(Capture capture) {
    Settings.Overrides given = request.overrides();
    boolean precision = isOpen(capture, "f0_precision", given.f0Precision());
    boolean threshold = isOpen(capture, "voiced_threshold", given.voicedThreshold());
    List<Optional<F0Precision>> precisions = new ArrayList<>(List.of(given.f0Precision()));
    if (precision) {
      precisions.add(0, Optional.of(F0Precision.FLOAT32));
    }
    List<Optional<Double>> thresholds = new ArrayList<>(List.of(given.voicedThreshold()));
    if (threshold) {
      Stream.concat(Stream.of(config.hift().nsfVoicedThreshold()), THRESHOLDS.stream())
          .distinct()
          .forEach(hz -> thresholds.add(Optional.of(hz)));
    }
    List<Settings.Overrides> likely = new ArrayList<>();
    for (Optional<Double> hz : thresholds) {
      for (Optional<F0Precision> of : precisions) {
        likely.add(new Settings.Overrides(given.nTimesteps(), hz, of, given.streaming()));
      }
    }
    return likely;
  }

  private static boolean isOpen(Capture capture, String key, Optional<?> given) {
    return given.isEmpty() && !capture.metadata().containsKey(key);
  }

  private Settings.Overrides with(Optional<Integer> steps, Optional<Boolean> streaming) {
    Settings.Overrides given = request.overrides();
    return new Settings.Overrides(steps, given.voicedThreshold(), given.f0Precision(), streaming);
  }

  private Capture open(Settings.Overrides overrides) {
    return Capture.open(
        Optional.of(request.frontendArtifacts()).filter(Files::exists),
        Optional.of(request.fullArtifacts()),
        overrides);
  }

  private boolean agrees(StageName stage, Settings.Overrides overrides) {
    Path scratch = scratch();
    Screen silent = Screen.of(new PrintWriter(Writer.nullWriter()));
    try (Capture capture = open(overrides);
        StageLog log = StageLog.open(scratch.resolve("log"), silent);
        Progress progress = Progress.of(stage.label(), silent)) {
      StageContext context =
          new StageContext(
              new PortContext(capture, config, request.modelDir(), Recordings.NONE, log, scratch),
              NativeSide.of(request.threads()),
              ModuleLimits.load(),
              progress,
              Scope.WHOLE,
              Optional.empty(),
              Declared.ALL);
      return StageRun.run(Stages.of(stage), context, Optional.empty(), false).outcome(Skips.ALLOWED)
          != Outcome.FAIL;
    } finally {
      remove(scratch);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("parity-settings-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try {
      OutputFolder.removeTree(folder);
    } catch (IOException e) {
      // It is in the temporary folder, and small.
    }
  }
}
