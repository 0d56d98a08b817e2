package parity.harness.run;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parity.tensors.BadInputException;

/** The checkout that the jar was built in: where samples are found and results go by default. */
public record ProjectHome(Path root) {
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HHmmss", Locale.ROOT);

  /** The folder above the jar, or above the working folder, that holds {@code samples/model}. */
  public static ProjectHome find() {
    List<Path> starts = new ArrayList<>(List.of(Path.of("").toAbsolutePath()));
    ofClasses().ifPresent(starts::addFirst);
    for (Path start : starts) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve("samples").resolve("model"))) {
          return new ProjectHome(folder);
        }
      }
    }
    throw new BadInputException(
        "samples/ is neither above the jar nor above the working folder; run from the checkout, or"
            + " give --model-dir, --artifacts, --prompt-wav and --out");
  }

  /** Where our classes are: a jar, or a folder; empty where the JVM does not tell. */
  public static Optional<Path> ofClasses() {
    try {
      var source = ProjectHome.class.getProtectionDomain().getCodeSource();
      return source == null ? Optional.empty() : Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar's own place is no path", e);
    }
  }

  /** The sample model in the release layout. */
  public Path sampleModel() {
    return root.resolve("samples").resolve("model");
  }

  /** What upstream computed with it. */
  public Path sampleCapture() {
    return root.resolve("samples").resolve("capture");
  }

  /** The prompt recording of the sample. */
  public Path sampleWav() {
    return root.resolve("samples").resolve("prompt.wav");
  }

  /** The sources of the Python package that captures. */
  public Path captureSources() {
    return root.resolve("capture").resolve("src");
  }

  /** {@code output/benchmarks/YYYY-MM-DD}: where captures and results go by default. */
  public Path today(LocalDate date) {
    return benchmarks().resolve(date.toString());
  }

  /**
   * {@link #today} or, where results are in it already, {@code
   * output/benchmarks/YYYY-MM-DD_HHMMSS}.
   *
   * @param within folder in it that the results go to; may be empty
   */
  public Path unusedOutput(LocalDateTime now, String within) {
    Path today = today(now.toLocalDate()).resolve(within);
    return OutputFolder.holdsResults(today)
        ? benchmarks().resolve(now.format(TO_THE_SECOND)).resolve(within)
        : today;
  }

  private Path benchmarks() {
    return root.resolve("output").resolve("benchmarks");
  }
}
