package parity.harness.mutation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parity.compare.verdict.Finding;
import parity.compare.verdict.FirstDivergence;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.RefusedException;
import parity.harness.capture.Capture;
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
import parity.harness.result.StageResult;
import parity.harness.stage.Stage;
import parity.harness.stage.StageContext;
import parity.harness.stage.StageRun;
import parity.harness.stage.Stages;
import parity.tensors.BadInputException;

/** Runs every stage of a capture with one fault at a time. */
public final class MutationScore {
  private final Request request;
  private final CosyVoiceConfig config;
  private final Capture capture;
  private final PrintWriter watcher;
  private final Tally tally = new Tally();

  /**
   * What is to be scored.
   *
   * @param capture folder of a capture that the native side passes
   * @param promptWav the recording that it was made with
   * @param stages in which faults are put
   * @param sites how many faults are drawn of each kind and stage; all of them if empty
   * @param seed of the draw
   * @param jobs how many faults are tried at a time
   */
  public record Request(
      Path modelDir,
      Path capture,
      Path promptWav,
      Set<StageName> stages,
      Optional<Integer> sites,
      long seed,
      int jobs) {}

  private MutationScore(
      Request request, CosyVoiceConfig config, Capture capture, PrintWriter watcher) {
    this.request = request;
    this.config = config;
    this.capture = capture;
    this.watcher = watcher;
  }

  /**
   * Tries all faults.
   *
   * @param watcher hears what was overlooked, and how far the work is
   * @throws BadInputException if model or capture cannot be read, or the healthy native side does
   *     not pass
   */
  public static Tally of(Request request, PrintWriter watcher) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(request.modelDir());
    try (Capture capture =
        Capture.open(
            Optional.of(request.capture().resolve(Capture.FRONTEND)),
            Optional.of(request.capture().resolve(Capture.FULL)),
            Settings.Overrides.NONE)) {
      MutationScore score = new MutationScore(request, config, capture, watcher);
      for (StageName stage : Stages.names()) {
        if (request.stages().contains(stage)) {
          score.stage(stage);
        }
      }
      return score.tally;
    }
  }

  private void stage(StageName stage) {
    List<Graph.Model> graphs = Collections.synchronizedList(new ArrayList<>());
    Mutant healthy =
        Mutant.ofGraph(
            stage,
            "none",
            "nowhere",
            "",
            graph -> {
              graphs.add(graph);
              return graph;
            });
    StageResult sound = run(healthy);
    if (sound.outcome(Skips.ALLOWED) != Outcome.PASS) {
      throw new BadInputException(
          "%s: the %s does not pass without a fault (%s), so faults cannot be counted"
              .formatted(request.capture(), stage, sound.says()));
    }
    Site site =
        new Site(
            stage.label() + ".", sound.findings().stream().map(Finding::name).distinct().toList());
    List<Mutant> mutants = new Mutants(request, stage).of(List.copyOf(graphs));
    watcher.printf("%s: %d faults%n", stage, mutants.size());
    watcher.flush();
    try (ExecutorService workers = Executors.newFixedThreadPool(request.jobs())) {
      List<Future<?>> running = new ArrayList<>();
      mutants.forEach(mutant -> running.add(workers.submit(() -> judge(mutant, sound, site))));
      int done = 0;
      for (Future<?> one : running) {
        one.get();
        if (++done % 100 == 0) {
          watcher.printf("  %d of %d%n", done, running.size());
          watcher.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge(Mutant mutant, StageResult sound, Site site) {
    try {
      judge(mutant, run(mutant), sound, site);
    } catch (RefusedException | BadInputException refused) {
      // Model and capture were read without the fault, so what is refused is the fault.
      tally.refused(mutant);
    } catch (RuntimeException crash) {
      // A bug of ours, which is no way to see a fault, and none to leave the others untried.
      tally.crashed(mutant, crash);
    }
  }

  private void judge(Mutant mutant, StageResult result, StageResult sound, Site site) {
    if (result.findings().equals(sound.findings())) {
      tally.equivalent(mutant);
    } else if (result.outcome(Skips.ALLOWED) == Outcome.PASS) {
      tally.overlooked(mutant, nearest(result, sound));
    } else {
      String named =
          result.firstDivergence().map(FirstDivergence::module).orElseGet(() -> firstOpen(result));
      tally.seen(mutant, named, site.isNamedBy(mutant.owner(), named));
    }
  }

  /** What has another shape is wrong, but has no figures. */
  private static String firstOpen(StageResult result) {
    return result.findings().stream()
        .filter(finding -> !finding.status().isCompared())
        .findFirst()
        .map(Finding::name)
        .orElse("nothing");
  }

  private static String nearest(StageResult result, StageResult sound) {
    return result.findings().stream()
        .filter(finding -> !sound.findings().contains(finding))
        .findFirst()
        .map(Finding::line)
        .orElse("");
  }

  /**
   * Runs a stage with a fault.
   *
   * @throws RefusedException if the engine refuses it
   * @throws BadInputException if a reader refuses it
   */
  private StageResult run(Mutant mutant) {
    Path folder = temporary();
    try (StageLog log =
            StageLog.open(folder.resolve("log"), Screen.of(new PrintWriter(Writer.nullWriter())));
        Progress progress = new Progress.Silent()) {
      Engine engine = new Engine(1, mutant.graph());
      Stage stage = Stages.of(mutant.stage());
      PortContext port =
          new PortContext(
              capture,
              mutant.config().apply(config),
              request.modelDir(),
              stage.is(Stage.Trait.LISTENS)
                  ? new Recordings(Optional.of(request.promptWav()), Optional.empty())
                  : Recordings.NONE,
              log,
              folder);
      StageContext context =
          new StageContext(
              port,
              new NativeSide(engine, mutant.weights()),
              ModuleLimits.load(),
              progress,
              Scope.MODULES,
              Optional.empty(),
              Declared.ALL);
      return StageRun.run(stage, context, Optional.empty(), true);
    } finally {
      delete(folder);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("parity-mutant");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
