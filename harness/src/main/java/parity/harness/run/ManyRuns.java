package parity.harness.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.plan.Declared;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

/** Runs on every capture in a folder, one after the other in one process. */
public final class ManyRuns {
  /**
   * What is to be run.
   *
   * @param captures folder with a folder for each capture
   * @param out gets a folder for each run
   */
  public record Request(
      Path modelDir, Path captures, Path out, Set<StageName> stages, int threads) {}

  private ManyRuns() {}

  /**
   * Runs.
   *
   * @param watcher gets the name of each capture and what came of it
   * @throws BadInputException if there is no capture, or one of them cannot be used
   */
  public static void of(Request request, BiConsumer<String, RunResult> watcher) {
    List<Path> folders = folders(request.captures());
    if (folders.isEmpty()) {
      throw new BadInputException(
          "%s: holds no folder with %s; make some with parity capture --seeds 0-19 --texts FILE"
              .formatted(request.captures(), Capture.FULL));
    }
    for (Path folder : folders) {
      String name = folder.getFileName().toString();
      RunRequest one =
          new RunRequest(
              request.modelDir(),
              folder.resolve(Capture.FRONTEND),
              folder.resolve(Capture.FULL),
              Optional.empty(),
              Optional.empty(),
              request.out().resolve(name),
              request.stages(),
              Set.of(),
              false,
              Optional.empty(),
              false,
              SegmentFolder.captured(folder.resolve(Capture.FULL)),
              List.of(),
              Declared.ALL,
              Optional.empty(),
              Settings.Overrides.NONE,
              request.threads());
      watcher.accept(name, HarnessRun.of(one, new PrintWriter(Writer.nullWriter())));
    }
  }

  private static List<Path> folders(Path captures) {
    if (!Files.isDirectory(captures)) {
      throw new BadInputException(
          captures + ": no such folder; give one with a folder for each capture");
    }
    try (Stream<Path> inside = Files.list(captures)) {
      return inside.filter(folder -> Files.exists(folder.resolve(Capture.FULL))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
