package parity.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.harness.capture.Capture;
import parity.harness.capture.Mode;
import parity.harness.capture.ModelHashes;
import parity.harness.port.Candidate;
import parity.harness.port.Recordings;
import parity.harness.result.StageName;
import parity.harness.stage.Stage;
import parity.harness.stage.Stages;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.file.FileState;

/**
 * Model and recordings, held against the capture before the first stage: what is not the capture's
 * is refused at once, and not after minutes of work.
 *
 * <p>Held are the model files of all stages that were asked for, those of a stage that is switched
 * off too. A stage that runs cannot do without its own; a candidate's folder can, as nothing of the
 * model is opened for it.
 *
 * @param model how the model's files stand to the capture
 * @param recordings those of the capture, where a stage listens or the person gave them
 * @param files all that was held, as it was then
 */
record HeldInputs(ModelHashes model, Recordings recordings, List<FileState> files)
    implements InPlace {
  /** Files of every model folder that tell how the others are to be read. */
  private static final List<String> SMALL =
      List.of(
          "cosyvoice3.yaml",
          "CosyVoice-BlankEN/config.json",
          "CosyVoice-BlankEN/vocab.json",
          "CosyVoice-BlankEN/merges.txt",
          "CosyVoice-BlankEN/tokenizer_config.json");

  /**
   * Holds them.
   *
   * @throws BadInputException if a recording is not the capture's, or a model file is not and that
   *     is not what the person wants, or one that is needed is missing or no such checkpoint as
   *     upstream loads
   */
  static HeldInputs of(RunRequest request, CosyVoiceConfig config, Capture capture) {
    List<FileState> states = new ArrayList<>();
    Stream.concat(files(request.stages()).stream(), SMALL.stream())
        .map(request.modelDir()::resolve)
        .forEach(file -> state(file).ifPresent(states::add));
    Recordings recordings = recordings(request, capture);
    Stream.of(recordings.prompt(), recordings.source(), capture.waveform())
        .flatMap(Optional::stream)
        .forEach(file -> state(file).ifPresent(states::add));
    ModelHashes model =
        ModelHashes.of(request.modelDir(), capture.metadata(), files(request.stages()));
    List<StageName> opening = opening(request, capture);
    model.require(files(opening), request.forceModel());
    requireCheckpoints(request, config, files(opening));
    return new HeldInputs(model, recordings, List.copyOf(states));
  }

  /** A file as it is now; nothing where there is none, as not every run needs each. */
  private static Optional<FileState> state(Path file) {
    try {
      return Optional.of(FileState.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void requireUnchanged() {
    files.forEach(FileState::requireUnchanged);
  }

  private static List<String> files(Collection<StageName> stages) {
    return stages.stream()
        .flatMap(stage -> Stages.of(stage).modelFiles().stream())
        .distinct()
        .toList();
  }

  private static void requireCheckpoints(
      RunRequest request, CosyVoiceConfig config, List<String> needed) {
    Path modelDir = request.modelDir();
    for (String file : needed) {
      switch (file) {
        case ModelWeights.LLM -> ModelWeights.llm(modelDir, file, config).close();
        case ModelWeights.FLOW -> ModelWeights.flow(modelDir, config).close();
        case ModelWeights.HIFT -> ModelWeights.hift(modelDir, config).close();
        default -> {}
      }
    }
  }

  /** The stages for which files of the model are opened. */
  private static List<StageName> opening(RunRequest request, Capture capture) {
    boolean candidate = request.candidate().isPresent();
    if (request.candidate().orElse(null) instanceof Candidate.Folder) {
      return List.of();
    }
    return request.stages().stream()
        .filter(stage -> !request.skipped().contains(stage))
        .filter(stage -> !(candidate && Stages.of(stage).is(Stage.Trait.THROUGH_ALL)))
        .filter(stage -> Stages.of(stage).inapplicable().apply(capture).isEmpty())
        .toList();
  }

  /** Whether a stage needs recordings. */
  static boolean listens(StageName stage) {
    return Stages.of(stage).is(Stage.Trait.LISTENS);
  }

  private static Recordings recordings(RunRequest request, Capture capture) {
    boolean converted = capture.settings().mode() == Mode.VC;
    if (!converted && request.sourceWav().isPresent()) {
      throw new BadInputException(
          "--source-wav %s: the capture is of mode %s, which converts no recording; leave it out"
              .formatted(request.sourceWav().get(), capture.settings().mode()));
    }
    boolean listens =
        request.stages().stream().anyMatch(HeldInputs::listens)
            && !(request.candidate().orElse(null) instanceof Candidate.Folder);
    return new Recordings(
        listens || request.promptWav().isPresent()
            ? Recording.PROMPT.find(request.promptWav(), request, capture)
            : Optional.empty(),
        converted && (listens || request.sourceWav().isPresent())
            ? Recording.SOURCE.find(request.sourceWav(), request, capture)
            : Optional.empty());
  }

  /** What a stage listens to. */
  Recordings recordings(StageName stage, Optional<Candidate> candidate) {
    boolean reads = candidate.orElse(null) instanceof Candidate.Folder;
    return listens(stage) && !reads ? recordings : Recordings.NONE;
  }
}
