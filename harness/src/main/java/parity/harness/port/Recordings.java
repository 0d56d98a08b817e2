package parity.harness.port;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the frontend listens to, where the person gave it or it was found.
 *
 * @param prompt whose voice it is
 * @param source what is said, where a voice is converted
 */
public record Recordings(Optional<Path> prompt, Optional<Path> source) {
  /** For a stage that listens to nothing. */
  public static final Recordings NONE = new Recordings(Optional.empty(), Optional.empty());
}
