package parity.harness.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import parity.harness.capture.Capture;

/** Finds the recording that a capture was made with. */
final class PromptWav {
  private PromptWav() {}

  /**
   * What the person gave, else the file that the capture names, beside the capture, above it, or
   * above the model.
   */
  static Optional<Path> find(RunRequest request, Capture capture) {
    if (request.promptWav().isPresent()) {
      return request.promptWav();
    }
    String name = capture.metadata().get("prompt_wav");
    if (name == null) {
      return Optional.empty();
    }
    Path artifacts = request.frontendArtifacts().toAbsolutePath();
    return Stream.of(
            artifacts.resolveSibling(name),
            artifacts.resolve("../..").resolve(name),
            request.modelDir().toAbsolutePath().resolveSibling(name))
        .map(Path::normalize)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
