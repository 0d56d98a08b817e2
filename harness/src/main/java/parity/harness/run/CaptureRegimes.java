package parity.harness.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.regime.Regimes;
import parity.harness.result.Exercised;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;

/** Regimes of captures in folders. */
public final class CaptureRegimes {
  private CaptureRegimes() {}

  /**
   * The captures that a person means by a folder: itself, or those in it.
   *
   * @throws BadInputException if there is none, or one is unfinished
   */
  public static List<Path> folders(Path folder) {
    if (Files.isDirectory(folder)) {
      GivenFolder.requireWhole(folder, "DIR");
    }
    if (isCapture(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> inside = Files.isDirectory(folder) ? Files.walk(folder, 2) : Stream.of()) {
      List<Path> captures = inside.filter(CaptureRegimes::isCapture).sorted().toList();
      if (captures.isEmpty()) {
        throw new BadInputException(
            folder + ": is no capture and has none in it; make one with parity capture");
      }
      return captures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isCapture(Path folder) {
    return Files.exists(folder.resolve(Capture.FULL))
        || Files.exists(folder.resolve(Capture.FRONTEND));
  }

  /**
   * Counts in the capture of a folder.
   *
   * @param config of the model that was captured
   * @throws BadInputException if it cannot be read
   */
  public static Exercised count(Path folder, CosyVoiceConfig config) {
    try (Capture capture =
        Capture.open(
            file(folder, Capture.FRONTEND), file(folder, Capture.FULL), Settings.Overrides.NONE)) {
      return InPlace.during(
          List.of(capture), () -> Regimes.count(capture, config, Regimes.stages()));
    }
  }

  private static Optional<Path> file(Path folder, String name) {
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }
}
