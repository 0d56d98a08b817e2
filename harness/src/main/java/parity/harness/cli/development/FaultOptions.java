package parity.harness.cli.development;

import picocli.CommandLine.Option;

/** Options of verbs that put faults in. */
final class FaultOptions {
  @Option(names = "--seed", paramLabel = "N", description = "Seed of that draw (default: 0).")
  private long seed;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "How many faults to try at a time (default: as many as the machine has processors).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  long seed() {
    return seed;
  }

  int jobs() {
    return jobs;
  }
}
