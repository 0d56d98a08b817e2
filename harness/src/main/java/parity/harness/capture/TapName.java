package parity.harness.capture;

/**
 * A captured name in its two parts.
 *
 * @param path of the module, with the number of an output or the name of an input
 * @param call which call of the module, {@code #3}; empty where it was called once
 */
public record TapName(String path, String call) {
  /** The parts of a name. */
  public static TapName of(String name) {
    int number = name.lastIndexOf('#');
    return number < 0
        ? new TapName(name, "")
        : new TapName(name.substring(0, number), name.substring(number));
  }
}
