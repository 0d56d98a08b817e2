package parity.harness.port;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.harness.plan.Expectation;

/** Whoever answers what a capture expects of one stage: pushes its tensors, each by its name. */
public interface Port extends AutoCloseable {
  /** Whether it can answer this. What it cannot is not asked. */
  boolean answers(Expectation expectation);

  /**
   * Computes, or reads, and answers.
   *
   * @param arena lives as long as the stage
   * @throws parity.harness.capture.Blocked if the capture lacks what the stage needs
   * @throws parity.tensors.BadInputException if model or recording cannot be used
   */
  void run(Answers answers, Arena arena);

  /** Its modules, if each can be run on the reference's own inputs; asked after {@link #run}. */
  default Optional<Modules> modules() {
    return Optional.empty();
  }

  /** Frees what it holds. */
  @Override
  default void close() {}
}
