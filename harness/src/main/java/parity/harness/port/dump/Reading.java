package parity.harness.port.dump;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import parity.harness.capture.Blocked;
import parity.harness.console.StageLog;
import parity.harness.names.NamesFile;
import parity.harness.plan.Expectation;
import parity.harness.plan.Reference;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.harness.port.Answers;
import parity.tensors.TensorInfo;

/**
 * How a stage's tensors are read of a folder, whoever wrote it and when.
 *
 * @param stage whose tensors are asked for
 * @param names what they are called there
 * @param known names of all that a capture has, of other stages too
 * @param ours whether a tensor that nobody knows is to be reported at this stage
 */
public record Reading(
    String stage,
    StagePlan plan,
    NamesFile names,
    Set<String> known,
    Predicate<String> ours,
    StageLog log) {
  private static final String NOT_ALONE =
      "a candidate's tensors are read, so no module was run alone on the reference's own inputs,"
          + " nothing was run twice, and no weight was made faulty: what is wrong after the first"
          + " divergence may have inherited it";

  /** What modules return and stages come to; it tells no texts, and cannot run anything again. */
  public static boolean canAnswer(Expectation expectation) {
    return !(expectation.reference() instanceof Reference.Words)
        && (expectation.role() == Role.MODULE || expectation.role() == Role.OUTPUT);
  }

  /**
   * Says what is compared, before anything is read or run.
   *
   * @throws parity.tensors.BadInputException if the names file expects what the capture has not
   */
  public void begin() {
    log.line("=== Candidate Parity Test: %s ===", stage);
    names.requireExpected(known, "the capture");
  }

  /**
   * Answers with what is in a folder.
   *
   * @throws Blocked if it has nothing of the stage
   * @throws parity.tensors.BadInputException if a file of it cannot be used
   */
  public void answer(Path folder, Answers answers, Arena arena) {
    try (Dumps dumps = Dumps.open(folder, names)) {
      answer(dumps, answers, arena);
    }
  }

  private void answer(Dumps dumps, Answers answers, Arena arena) {
    dumps.names().stream()
        .filter(dumped -> !known.contains(dumped) && ours.test(dumped))
        .forEach(dumped -> answers.unexpected(dumped, dumps.info(dumped)));
    answers.note(NOT_ALONE);
    List<Expectation> written =
        plan.expectations().stream()
            .filter(asked -> answers.wants(asked.name()) && dumps.contains(asked.name()))
            .toList();
    if (written.isEmpty()) {
      throw new Blocked(
          "the candidate has no tensor of this stage; let it write some, or leave the stage out of"
              + " --stages");
    }
    for (Expectation asked : written) {
      TensorInfo wanted = asked.reference().info();
      answers.tensor(asked.name(), dumps.get(asked.name(), wanted.dtype(), arena));
    }
  }
}
