package parity.harness.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python to run.
 *
 * @param program a path, or a name to be looked for on the PATH
 * @param origin where the choice came from, for messages
 */
public record Interpreter(String program, String origin) {
  /** The environment variable that chooses one. */
  public static final String VARIABLE = "PARITY_PYTHON";

  /**
   * The Python that {@code PARITY_PYTHON} names, whether it exists or not; else that of the active
   * virtual environment; else that of the checkout's {@code .venv}; else none.
   */
  public static Optional<Interpreter> find(Map<String, String> environment, Path checkout) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isEmpty()) {
      return Optional.of(new Interpreter(chosen, VARIABLE + "=" + chosen));
    }
    String active = environment.getOrDefault("VIRTUAL_ENV", "");
    Optional<Interpreter> found = active.isEmpty() ? Optional.empty() : in(Path.of(active));
    return found.or(() -> in(checkout.resolve(".venv")));
  }

  private static Optional<Interpreter> in(Path virtualEnvironment) {
    return Stream.of("bin/python", "Scripts/python.exe")
        .map(virtualEnvironment::resolve)
        .filter(Files::isExecutable)
        .map(path -> new Interpreter(path.toString(), path.toString()))
        .findFirst();
  }
}
