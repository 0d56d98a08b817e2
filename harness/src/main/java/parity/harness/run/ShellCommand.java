package parity.harness.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.console.Shell;
import parity.harness.port.Candidate;

/**
 * A command line that a person pastes to look closer at a run: what the run was given, it is given
 * too.
 */
final class ShellCommand {
  private final List<String> words = new ArrayList<>(List.of("./parity"));

  private ShellCommand() {}

  /**
   * A verb on the model, the capture and the candidate of a run.
   *
   * @param sample whether model and capture are those that a verb takes by itself
   */
  static String of(RunRequest request, boolean sample, String... verb) {
    ShellCommand command = new ShellCommand();
    command.words.addAll(List.of(verb));
    if (!sample) {
      command.add("--model-dir", request.modelDir());
      command.addCapture(request);
    }
    command.addRest(request);
    return command.toString();
  }

  private void addCapture(RunRequest request) {
    Path full = request.fullArtifacts().toAbsolutePath().normalize();
    Path frontend = request.frontendArtifacts().toAbsolutePath().normalize();
    Path folder = full.resolveSibling("");
    if (full.endsWith(Capture.FULL) && frontend.equals(folder.resolve(Capture.FRONTEND))) {
      add("--artifacts", folder);
    } else {
      add("--frontend-artifacts", frontend);
      add("--full-artifacts", full);
    }
  }

  private void addRest(RunRequest request) {
    if (request.segmentIndex() != 0) {
      add("--segment-index", request.segmentIndex());
    }
    request.promptWav().ifPresent(wav -> add("--prompt-wav", wav));
    request.sourceWav().ifPresent(wav -> add("--source-wav", wav));
    Settings.Overrides settings = request.overrides();
    settings.nTimesteps().ifPresent(steps -> add("--n-timesteps", steps));
    settings.voicedThreshold().ifPresent(hz -> add("--voiced-threshold", hz));
    settings.f0Precision().ifPresent(precision -> add("--f0-precision", precision));
    settings.streaming().filter(streaming -> streaming).ifPresent(s -> words.add("--streaming"));
    request.candidate().ifPresent(this::addCandidate);
    request.declared().option().ifPresent(declared -> add("--expect", declared));
    if (request.forceModel()) {
      words.add("--force-model");
    }
  }

  private void addCandidate(Candidate candidate) {
    switch (candidate) {
      case Candidate.Folder folder -> add("--candidate", folder.path());
      case Candidate.Command command -> {
        add("--candidate", command.line());
        add("--candidate-timeout", command.bounds().time().toSeconds());
        command.bounds().megabytes().ifPresent(space -> add("--candidate-space", space));
      }
    }
    candidate.names().file().ifPresent(file -> add("--names", file));
  }

  private void add(String option, Object value) {
    words.add(option);
    words.add(value.toString());
  }

  @Override
  public String toString() {
    return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
  }
}
