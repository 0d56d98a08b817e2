package parity.harness.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import parity.harness.candidate.Candidate;
import parity.harness.candidate.CommandRun;
import parity.harness.candidate.Dumps;
import parity.harness.capture.Part;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;

/** A stage of another port: its tensors are read, not computed, and judged as ours are. */
final class CandidateStage implements Stage {
  /** Name of the file with what a command said. */
  private static final String SAID = "said.log";

  private static final String NOT_ALONE =
      "a candidate's tensors are read, so no module was run alone on the reference's own inputs,"
          + " nothing was run twice, and no weight was made faulty: what is wrong after the first"
          + " divergence may have inherited it";

  private final StageName name;
  private final Stage own;
  private final Candidate candidate;
  private final boolean first;

  /**
   * A stage of a candidate.
   *
   * @param own the native side's, which reads the same files
   * @param first whether it is the first of the run, which answers for tensors of no stage
   */
  CandidateStage(StageName name, Stage own, Candidate candidate, boolean first) {
    this.name = name;
    this.own = own;
    this.candidate = candidate;
    this.first = first;
  }

  @Override
  public List<String> modelFiles() {
    return own.modelFiles();
  }

  @Override
  public List<String> captureFiles() {
    return own.captureFiles();
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    checks.notReplayable();
    context.log().line("=== Candidate Parity Test: %s ===", name);
    List<Reference> references = References.of(name, context, arena);
    Set<String> known = KnownNames.of(context.capture());
    candidate.names().requireExpected(known, "the capture");
    references.forEach(reference -> checks.expect(reference.name(), reference.tensor()));
    switch (candidate) {
      case Candidate.Folder folder -> {
        try (Dumps dumps = Dumps.open(folder.path(), folder.names())) {
          judge(dumps, references, known, context, checks, arena);
        }
      }
      case Candidate.Command command -> run(command, context, references, known, checks, arena);
    }
  }

  private void judge(
      Dumps dumps,
      List<Reference> references,
      Set<String> known,
      StageContext context,
      Checks checks,
      Arena arena) {
    dumps.names().stream()
        .filter(dumped -> !known.contains(dumped) && answersFor(dumped))
        .forEach(dumped -> checks.unexpected(dumped, dumps.info(dumped)));
    checks.begin();
    checks.note(NOT_ALONE);
    if (references.stream().noneMatch(reference -> dumps.contains(reference.name()))) {
      throw new Blocked(
          "the candidate has no tensor of this stage; let it write some, or leave the stage out of"
              + " --stages");
    }
    for (Reference reference : references) {
      if (dumps.contains(reference.name())) {
        judge(reference, dumps, context, checks, arena);
      }
    }
  }

  private static void judge(
      Reference reference, Dumps dumps, StageContext context, Checks checks, Arena arena) {
    String tensor = reference.name();
    Tensor actual = dumps.get(tensor, reference.tensor().dtype(), arena);
    if (reference.basis().isEmpty()) {
      checks.unusable(tensor, "is missing; put its file back");
    } else if (reference.output()) {
      checks.compareAndControl(tensor, reference.tensor(), actual, reference.basis().get());
    } else {
      checks.compare(tensor, reference.tensor(), actual, reference.basis().get());
    }
    switch (tensor) {
      case FlowStage.OUTPUT -> checks.exhibits().mel(tensor, reference.tensor(), actual);
      case HiftOutputs.AUDIO ->
          checks
              .exhibits()
              .sound(tensor, context.config().hift().samplingRate(), reference.tensor(), actual);
      default -> {}
    }
  }

  /** Whether a tensor that nobody knows is to be reported here. */
  private boolean answersFor(String dumped) {
    return Stream.of(Part.values())
        .map(Part::label)
        .filter(label -> dumped.startsWith(label + "."))
        .findFirst()
        .map(label -> label.equals(name.label().toLowerCase(Locale.ROOT)))
        .orElse(first);
  }

  private void run(
      Candidate.Command command,
      StageContext context,
      List<Reference> references,
      Set<String> known,
      Checks checks,
      Arena arena) {
    try (Scratch scratch = Scratch.make()) {
      Path inputs = scratch.folder("inputs");
      Path outputs = scratch.folder("outputs");
      StageInputs.write(name, context, inputs);
      context.log().line("Running %s", command.line());
      CommandRun.Ended ended =
          new CommandRun(command).run(inputs, outputs, scratch.path().resolve(SAID));
      ended.lastLines().forEach(line -> context.log().say("candidate: " + line));
      if (ended.failure().isPresent()) {
        checks.begin();
        throw new Blocked("the candidate " + ended.failure().get());
      }
      try (Dumps dumps = Dumps.open(outputs, command.names())) {
        judge(dumps, references, known, context, checks, arena);
      } catch (BadInputException e) {
        throw new Blocked("what the candidate wrote cannot be used: " + e.getMessage());
      }
    }
  }

  /** Folders for a command, which are gone afterwards. */
  private record Scratch(Path path) implements AutoCloseable {
    static Scratch make() {
      try {
        return new Scratch(Files.createTempDirectory("parity-candidate"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path folder(String name) {
      try {
        return Files.createDirectory(path.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
