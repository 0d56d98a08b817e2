package parity.harness.cli.options;

import parity.tensors.BadInputException;
import picocli.CommandLine.Option;

/** Options that every verb takes. */
public final class ComputeOptions {
  @Option(
      names = "--json",
      description = "Print the result as JSON on standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Number of threads (default: as many as the machine has processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  public boolean json() {
    return json;
  }

  public int threads() {
    if (threads < 1) {
      throw new BadInputException("--threads " + threads + ": at least one thread computes");
    }
    return threads;
  }
}
