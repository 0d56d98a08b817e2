package parity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;
import parity.tensors.file.Sha256;

/** A recording that a capture was made with. */
enum Recording {
  PROMPT("prompt_wav", "--prompt-wav"),
  SOURCE("source_wav", "--source-wav");

  private final String key;
  private final String option;

  Recording(String key, String option) {
    this.key = key;
    this.option = option;
  }

  /**
   * What the person gave, else the file that the capture names, beside the capture, above it, or
   * above the model.
   *
   * @throws BadInputException if it is another file than at the capture; with it nothing would
   *     agree
   */
  Optional<Path> find(Optional<Path> given, RunRequest request, Capture capture) {
    List<Path> candidates = given.map(List::of).orElseGet(() -> candidates(request, capture));
    String expected = capture.metadata().get(key + "_sha256");
    if (expected == null || candidates.isEmpty()) {
      return candidates.stream().findFirst();
    }
    for (Path candidate : candidates) {
      if (sha256(candidate).equals(expected)) {
        return Optional.of(candidate);
      }
    }
    throw new BadInputException(
        candidates.getFirst()
            + ": not the recording that the capture was made with (its sha256 differs); give the"
            + " capture's own with "
            + option
            + ", or capture again with this one");
  }

  private List<Path> candidates(RunRequest request, Capture capture) {
    List<Path> candidates = new ArrayList<>();
    String name = capture.metadata().get(key);
    if (name != null) {
      Path artifacts = request.frontendArtifacts().toAbsolutePath();
      candidates.add(artifacts.resolveSibling(name));
      candidates.add(artifacts.resolve("../..").normalize().resolve(name));
      if (SegmentFolder.isOne(artifacts.resolve("..").normalize())) {
        candidates.add(artifacts.resolve("../../..").normalize().resolve(name));
      }
      candidates.add(request.modelDir().toAbsolutePath().normalize().resolveSibling(name));
      candidates.removeIf(path -> !Files.isRegularFile(path));
    }
    return candidates;
  }

  private String sha256(Path file) {
    try {
      return Sha256.text(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read; give " + option + " a WAV file", e);
    }
  }
}
