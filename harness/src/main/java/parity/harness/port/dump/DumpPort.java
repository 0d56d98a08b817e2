package parity.harness.port.dump;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import parity.harness.capture.Blocked;
import parity.harness.names.NamesFile;
import parity.harness.plan.Expectation;
import parity.harness.plan.Reference;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.harness.port.Answers;
import parity.harness.port.Port;
import parity.harness.port.PortContext;
import parity.tensors.TensorInfo;

/** Another port's tensors, which are read and not computed. */
public final class DumpPort implements Port {
  private static final String NOT_ALONE =
      "a candidate's tensors are read, so no module was run alone on the reference's own inputs,"
          + " nothing was run twice, and no weight was made faulty: what is wrong after the first"
          + " divergence may have inherited it";

  private final PortContext context;
  private final String stage;
  private final StagePlan plan;
  private final Source source;

  /**
   * Where the tensors are.
   *
   * @param folder with tensor files
   * @param names what they are called there
   * @param known names of all that a capture has, of other stages too
   * @param ours whether a tensor that nobody knows is to be reported at this stage
   */
  public record Source(Path folder, NamesFile names, Set<String> known, Predicate<String> ours) {
    /** The same from another folder. */
    public Source in(Path other) {
      return new Source(other, names, known, ours);
    }
  }

  /**
   * A port.
   *
   * @param stage whose tensors are asked for
   */
  public DumpPort(PortContext context, String stage, StagePlan plan, Source source) {
    this.context = context;
    this.stage = stage;
    this.plan = plan;
    this.source = source;
  }

  /** What modules return and stages come to; it tells no texts, and cannot run anything again. */
  public static boolean canAnswer(Expectation expectation) {
    return !(expectation.reference() instanceof Reference.Words)
        && (expectation.role() == Role.MODULE || expectation.role() == Role.OUTPUT);
  }

  @Override
  public boolean answers(Expectation expectation) {
    return canAnswer(expectation);
  }

  @Override
  public void run(Answers answers, Arena arena) {
    context.log().line("=== Candidate Parity Test: %s ===", stage);
    source.names().requireExpected(source.known(), "the capture");
    try (Dumps dumps = Dumps.open(source.folder(), source.names())) {
      answer(dumps, answers, arena);
    }
  }

  private void answer(Dumps dumps, Answers answers, Arena arena) {
    dumps.names().stream()
        .filter(dumped -> !source.known().contains(dumped) && source.ours().test(dumped))
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
