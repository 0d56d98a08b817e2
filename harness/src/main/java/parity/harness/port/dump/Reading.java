package parity.harness.port.dump;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parity.harness.console.StageLog;
import parity.harness.names.FormAdvice;
import parity.harness.names.Names;
import parity.harness.names.NamesFile;
import parity.harness.plan.Expectation;
import parity.harness.plan.Reference;
import parity.harness.plan.StagePlan;
import parity.harness.port.Answers;
import parity.harness.port.CandidateFailure;
import parity.harness.result.StageResult;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

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
  private static final String SUGGEST =
      "; ./parity names suggest CAPTURE DUMPS finds by their numbers which they are";

  /** So many tensors that nobody asks for are named. */
  private static final int TOLD = 10;

  private static final String NOT_ALONE =
      "a candidate's tensors are read, so no module was run alone on the reference's own inputs,"
          + " nothing was run twice, and no weight was made faulty: what is wrong after the first"
          + " divergence may have inherited it";

  /** Says what is compared, before anything is read or run. */
  public void begin() {
    log.line("=== Candidate Parity Test: %s ===", stage);
  }

  /**
   * Answers with what is in a folder.
   *
   * @throws CandidateFailure if it has nothing of the stage
   * @throws parity.tensors.BadInputException if a file of it cannot be used
   */
  public void answer(Path folder, Answers answers, Arena arena) {
    try (Dumps dumps = Dumps.open(folder)) {
      SortedMap<String, TensorInfo> written = dumps.infos();
      List<String> asked =
          plan.expectations().stream().map(Expectation::name).filter(answers::wants).toList();
      Names between =
          names.between(known, asked, written, new NamesFile.Sides("the capture", "the candidate"));
      answer(new NamedDumps(dumps, between), written, answers, arena);
    }
  }

  private void answer(
      NamedDumps dumps, SortedMap<String, TensorInfo> written, Answers answers, Arena arena) {
    answers.note(NOT_ALONE);
    adviseOnWhatIsMissing(dumps, written, answers);
    dumps.names().stale().stream()
        .filter(line -> isToldHere(line.expected(), answers))
        .forEach(line -> answers.note(StageResult.WARNING + line.says()));
    List<Expectation> found =
        plan.expectations().stream()
            .filter(asked -> answers.wants(asked.name()) && dumps.contains(asked.name()))
            .toList();
    if (found.isEmpty()) {
      throw new CandidateFailure(
          "wrote no tensor of this stage; let it write some, or leave the stage out of --stages");
    }
    Exchanged exchanged = new Exchanged();
    for (Expectation asked : found) {
      TensorInfo wanted = asked.reference().info();
      dumps.advice(asked.name(), wanted).ifPresent(words -> answers.advise(asked.name(), words));
      Tensor tensor = dumps.get(asked.name(), wanted.dtype(), arena);
      boolean right =
          dumps
              .storedIn(asked.name(), wanted.dtype())
              .map(type -> answers.stored(asked.name(), tensor, type))
              .orElseGet(() -> answers.tensor(asked.name(), tensor));
      if (!right && asked.reference() instanceof Reference.Numbers(Tensor reference, var _)) {
        exchanged.wrong(asked.name(), dumps.actual(asked.name()), reference, tensor);
      }
    }
    exchanged.pairs().forEach(pair -> answers.note(StageResult.HINT + pair));
  }

  private void adviseOnWhatIsMissing(
      NamedDumps dumps, SortedMap<String, TensorInfo> written, Answers answers) {
    SortedMap<String, TensorInfo> others = new TreeMap<>(written);
    others.keySet().removeIf(name -> dumps.names().expected(name).isPresent());
    SequencedMap<String, TensorInfo> missing = new LinkedHashMap<>();
    for (Expectation asked : plan.expectations()) {
      if (answers.wants(asked.name()) && !dumps.contains(asked.name())) {
        missing.put(asked.name(), asked.reference().info());
      }
    }
    FormAdvice.ofMissing(missing, others).forEach(answers::advise);
    List<String> told =
        others.entrySet().stream()
            .filter(other -> ours.test(other.getKey()))
            .map(other -> Text.quote(other.getKey()) + " " + other.getValue())
            .toList();
    if (!told.isEmpty()) {
      answers.note(
          "nobody asks for %s%s; not looked at%s"
              .formatted(
                  String.join(", ", told.subList(0, Math.min(told.size(), TOLD))),
                  told.size() > TOLD ? " and %d more".formatted(told.size() - TOLD) : "",
                  missing.isEmpty() ? "" : SUGGEST));
    }
  }

  /** What is said of the tensors of another stage is told there, and what is of none once. */
  private boolean isToldHere(String line, Answers answers) {
    return answers.wants(line) || (!known.contains(line) && ours.test(line));
  }
}
