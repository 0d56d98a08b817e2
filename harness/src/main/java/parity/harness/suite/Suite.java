package parity.harness.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.capture.Capture;
import parity.harness.result.Exercised;
import parity.harness.result.StageName;
import parity.harness.run.CaptureRegimes;
import parity.harness.run.OutputFolder;
import parity.harness.suite.Attempt.LanguageModel;
import parity.tensors.BadInputException;

/** Looks for the fewest captures of a model that exercise all that can be, and makes them. */
public final class Suite {
  /** What a release has beside its {@code llm.pt}. */
  static final String REINFORCED = "llm.rl.pt";

  private static final String USUAL = "llm.pt";

  /** Captures in this folder of a suite speak with {@value #REINFORCED}. */
  private static final String REINFORCED_FOLDER = "reinforced";

  private static final String MODEL_LINKS = "model";
  private static final String ATTEMPTS = "attempts";

  /** So many are captured before they are counted and thrown away. */
  private static final int AT_ONCE = 8;

  /** What other seeds may change. */
  private static final Set<StageName> DRAWN = Set.of(StageName.LLM, StageName.FLOW, StageName.HIFT);

  private static final List<String> CHEAP = List.of("--taps", "boundary", "--no-truth");

  /**
   * What is asked for.
   *
   * @param out a folder that is empty or is not there
   * @param recordings of the person's own, tried beside those of the project
   * @param attempts how many captures are tried at most
   * @param options of {@code parity capture} that all captures have
   */
  public record Request(
      Path modelDir, Path out, List<Path> recordings, int attempts, List<String> options) {}

  /** Runs upstream. */
  public interface Capturing {
    /**
     * Captures one after the other; what cannot be captured is left out.
     *
     * @param captures options of {@code parity capture}, a list for each
     */
    void capture(List<List<String>> captures);
  }

  /**
   * A capture of the suite.
   *
   * @param folder where it is
   * @param options of {@code parity capture} that made it
   * @param exercised what it alone exercises, and others
   */
  public record Made(Path folder, List<String> options, Exercised exercised) {}

  /**
   * What was found.
   *
   * @param attempts how many captures were tried
   * @param models folders with captures, and the model of each where it is not the one asked for
   */
  public record Result(
      List<Made> captures,
      Exercised together,
      int attempts,
      Missing missing,
      SortedMap<Path, Optional<Path>> models) {}

  private record Tried(Attempt attempt, Exercised exercised) {
    Set<String> regimes() {
      return Set.copyOf(exercised.happened());
    }
  }

  private final Request request;
  private final Capturing capturing;
  private final PrintWriter log;
  private final CosyVoiceConfig config;
  private final Path out;
  private final List<Tried> tried = new ArrayList<>();
  private int attempts;

  private Suite(Request request, Capturing capturing, PrintWriter log) {
    this.request = request;
    this.capturing = capturing;
    this.log = log;
    this.config = CosyVoiceConfigReader.read(request.modelDir());
    this.out = request.out().toAbsolutePath().normalize();
  }

  /**
   * Looks and captures.
   *
   * @param log gets a line a step
   * @throws BadInputException if the folder is not empty, or nothing could be captured
   */
  public static Result of(Request request, Capturing capturing, PrintWriter log) {
    try {
      return new Suite(request, capturing, log).made();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result made() throws IOException {
    begin();
    boolean reinforced = linkModel();
    Attempts what = new Attempts(out, recordings(), reinforced);
    attempt(what.first());
    for (int seed = 1; attempts < request.attempts() && somethingToDraw(); seed++) {
      attempt(what.drawn(seed));
    }
    if (tried.isEmpty()) {
      throw new BadInputException(
          request.modelDir()
              + ": nothing could be captured with it; what Python said stands above");
    }
    List<Made> captures = captureChosen();
    Exercised together = together(captures.stream().map(Made::exercised));
    SortedMap<Path, Optional<Path>> models = new TreeMap<>();
    for (Made each : captures) {
      Path folder = each.folder().resolveSibling("");
      models.put(
          folder, Optional.of(reinforcedModel()).filter(model -> folder.equals(model.getParent())));
    }
    return new Result(
        captures, together, attempts, new Missing(request.modelDir(), attempts), models);
  }

  private void begin() throws IOException {
    if (Files.isDirectory(out)) {
      try (Stream<Path> inside = Files.list(out)) {
        if (inside.findAny().isPresent()) {
          throw new BadInputException(
              request.out() + ": is not empty; give a folder for the suite alone");
        }
      }
    }
    Files.createDirectories(out);
    Attempts.VOICES.forEach(voice -> voice.write(out));
  }

  /** Copies of the person's own, where {@code parity many} finds them. */
  private List<Path> recordings() throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path wav : request.recordings()) {
      Path copy = out.resolve(wav.getFileName());
      try {
        copies.add(Files.copy(wav, copy));
      } catch (FileAlreadyExistsException e) {
        throw new BadInputException(
            wav + ": a recording of this name is there already; rename one", e);
      } catch (NoSuchFileException e) {
        throw new BadInputException(wav + ": no such file; give --prompt-wav a recording", e);
      }
    }
    return copies;
  }

  /** A model folder whose language model is the other one; whether there is such a one. */
  private boolean linkModel() throws IOException {
    Path model = request.modelDir().toAbsolutePath().normalize();
    if (!Files.exists(model.resolve(REINFORCED))) {
      return false;
    }
    Path links = Files.createDirectories(reinforcedModel());
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(USUAL)) {
          Files.createSymbolicLink(links.resolve(name), file);
        }
      }
    }
    Files.createSymbolicLink(links.resolve(USUAL), model.resolve(REINFORCED));
    for (Voice voice : Attempts.VOICES) {
      Files.createSymbolicLink(links.resolveSibling(voice.file()), out.resolve(voice.file()));
    }
    return true;
  }

  private Path reinforcedModel() {
    return out.resolve(REINFORCED_FOLDER).resolve(MODEL_LINKS);
  }

  private Path model(Attempt attempt) {
    return attempt.llm() == LanguageModel.USUAL ? request.modelDir() : reinforcedModel();
  }

  private boolean somethingToDraw() {
    return missing().stream().anyMatch(count -> DRAWN.contains(count.stage()));
  }

  private List<Exercised.Count> missing() {
    return together(tried.stream().map(Tried::exercised)).absent();
  }

  private static Exercised together(Stream<Exercised> each) {
    return each.reduce(Exercised.NOTHING, Exercised::plus);
  }

  private void attempt(List<Attempt> all) throws IOException {
    int room = Math.max(0, request.attempts() - attempts);
    List<Attempt> these = all.subList(0, Math.min(room, all.size()));
    Path folder = out.resolve(ATTEMPTS);
    for (int from = 0; from < these.size(); from += AT_ONCE) {
      List<Attempt> some = these.subList(from, Math.min(from + AT_ONCE, these.size()));
      say("==> Trying captures %d to %d".formatted(attempts + 1, attempts + some.size()));
      capture(some, folder, CHEAP);
      for (Attempt each : some) {
        count(folder.resolve(each.name()))
            .ifPresent(exercised -> tried.add(new Tried(each, exercised)));
      }
      attempts += some.size();
      OutputFolder.removeTree(folder);
      say("    %d regimes are not exercised yet".formatted(missing().size()));
    }
  }

  private void capture(List<Attempt> some, Path folder, List<String> more) {
    List<String> all = Stream.concat(request.options().stream(), more.stream()).toList();
    capturing.capture(
        some.stream().map(each -> each.arguments(model(each), folder(folder, each), all)).toList());
  }

  /** Those of the other language model are kept together, for {@code parity many} takes one. */
  private Path folder(Path folder, Attempt attempt) {
    boolean usual = attempt.llm() == LanguageModel.USUAL || folder.endsWith(ATTEMPTS);
    return (usual ? folder : folder.resolve(REINFORCED_FOLDER)).resolve(attempt.name());
  }

  private Optional<Exercised> count(Path folder) {
    return Files.exists(folder.resolve(Capture.FULL))
        ? Optional.of(CaptureRegimes.count(folder, config))
        : Optional.empty();
  }

  private List<Made> captureChosen() {
    List<Attempt> chosen =
        Cover.of(tried.stream().map(Tried::regimes).toList()).stream()
            .map(index -> tried.get(index).attempt)
            .toList();
    say("==> Capturing %d of them in full".formatted(chosen.size()));
    capture(chosen, out, List.of());
    List<Made> made = new ArrayList<>();
    for (Attempt each : chosen) {
      Path folder = folder(out, each);
      Exercised exercised =
          count(folder)
              .orElseThrow(() ->
                  new BadInputException(
                      folder + ": could not be captured; what Python said stands above"));
      made.add(new Made(folder, each.options(), exercised));
    }
    return made;
  }

  private void say(String line) {
    log.println(line);
    log.flush();
  }
}
