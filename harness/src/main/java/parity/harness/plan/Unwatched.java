package parity.harness.plan;

/**
 * The graph that synthesis runs is not the one whose modules are watched: its nodes are merged as
 * ONNX Runtime likes. So what it returns is expected beside what the watched one returns.
 */
public final class Unwatched {
  private Unwatched() {}

  /** What a stage's output is called when nobody watched. */
  public static String name(String output) {
    return output + ".untapped";
  }
}
