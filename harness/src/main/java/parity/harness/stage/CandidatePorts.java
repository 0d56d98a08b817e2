package parity.harness.stage;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.plan.FromSource;
import parity.harness.plan.StagePlan;
import parity.harness.plan.Wanted;
import parity.harness.port.Candidate;
import parity.harness.port.Port;
import parity.harness.port.command.CommandPort;
import parity.harness.port.command.StageInputs;
import parity.harness.port.dump.DumpPort;
import parity.harness.port.dump.Reading;

/** Ports of other people, for a stage. */
final class CandidatePorts {
  private CandidatePorts() {}

  /**
   * The port of a candidate.
   *
   * @param first whether the stage is the first of the run, which answers for tensors of no stage
   */
  static Port open(
      Stage stage, StageContext context, StagePlan plan, Candidate candidate, boolean first) {
    String label = stage.name().label();
    Reading reading =
        new Reading(
            label,
            plan,
            candidate.names(),
            known(context.port().capture()),
            name -> isOf(label, name, first),
            context.port().log());
    return switch (candidate) {
      case Candidate.Folder folder -> new DumpPort(folder.path(), reading);
      case Candidate.Command command -> {
        int threads = context.nativeSide().engine().threads();
        yield new CommandPort(
            command,
            new StageInputs(label, context.port(), plan.inputs(), Wanted.of(label, plan), threads),
            reading);
      }
    };
  }

  /** Whether a tensor that nobody knows is to be reported at this stage. */
  private static boolean isOf(String stage, String tensor, boolean first) {
    return Stream.of(Part.values())
        .map(Part::label)
        .filter(label -> tensor.startsWith(label + "."))
        .findFirst()
        .map(label -> label.equals(stage))
        .orElse(first);
  }

  /** Names of all that a capture has, or has a truth of. */
  private static Set<String> known(Capture capture) {
    Set<String> names = new TreeSet<>(capture.names());
    capture.names().stream()
        .map(FromSource::name)
        .filter(name -> FromSource.original(name).isPresent())
        .forEach(names::add);
    return names;
  }
}
