package parity.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.console.Shell;
import parity.harness.report.ReportJson;
import parity.harness.result.Exercised;
import parity.harness.result.StageName;
import parity.harness.run.ProjectHome;
import parity.harness.stage.Stages;
import parity.harness.suite.Suite;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Captures that exercise all that a model can; which, is found by trying. */
@Command(
    name = "suite",
    description = {
      "Makes the fewest captures that exercise all regimes of a model, found by trying: texts, seeds,"
          + " modes, and recordings that the project makes. Says what cannot be reached.",
      "parity regimes lists the regimes."
    })
final class SuiteCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "OUT", description = "Where the captures go: a folder that is empty.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path out;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--cosyvoice-dir",
      paramLabel = "DIR",
      description =
          "Checkout of upstream CosyVoice with Matcha-TTS in it (default: $COSYVOICE_DIR).")
  private @Nullable Path upstream;

  @Option(
      names = "--prompt-wav",
      paramLabel = "WAV",
      description = "A recording to try beside the project's own; may be given several times.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "How many captures are tried at most (default: ${DEFAULT-VALUE}).")
  private int tries = 60;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    if (tries < 1) {
      throw new BadInputException("--tries " + tries + ": at least one capture is tried");
    }
    PrintWriter log = compute.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    Path folder = model.get(System.getenv()).folder();
    Suite.Request request =
        new Suite.Request(
            folder, out, recordings, tries, List.of("--threads", "" + compute.threads()));
    Suite.Result suite;
    try {
      suite = Suite.of(request, this::capture, log);
    } catch (PythonEnded e) {
      return e.code;
    }
    ObjectNode json = json(suite);
    write(json);
    if (compute.json()) {
      spec.commandLine().getOut().println(Text.visibleLines(json.toPrettyString()));
    } else {
      lines(suite, folder).forEach(line -> log.println(Text.visible(line)));
    }
    return 0;
  }

  /** Python has said why. */
  private static final class PythonEnded extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    private PythonEnded(int code) {
      super("exit " + code);
      this.code = code;
    }
  }

  private void capture(List<List<String>> captures) {
    try {
      Path asked = Files.createTempFile("parity-suite-", ".json");
      try {
        new ObjectMapper().writeValue(asked.toFile(), captures);
        List<String> arguments = new ArrayList<>(List.of("batch", asked.toString()));
        if (upstream != null) {
          arguments.addAll(List.of("--cosyvoice-dir", upstream.toString()));
        }
        int code =
            CaptureCommand.python(ProjectHome.find()).run(arguments, spec.commandLine().getErr());
        if (code != 0) {
          throw new PythonEnded(code);
        }
      } finally {
        Files.deleteIfExists(asked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(Suite.Result suite, Path folder) {
    List<String> lines = new ArrayList<>();
    for (Suite.Made made : suite.captures()) {
      lines.add(
          "%-32s %d regimes"
              .formatted(made.folder().getFileName(), made.exercised().happened().size()));
    }
    suite
        .together()
        .absent()
        .forEach(count ->
            lines.add("not: %s: %s".formatted(count.regime(), suite.missing().why(count))));
    lines.add(suite.together().line());
    lines.add(
        "%d captures, of %d that were tried".formatted(suite.captures().size(), suite.attempts()));
    lines.add("==> Compare them:");
    suite
        .models()
        .forEach((captures, with) -> lines.add("    " + command(captures, with.orElse(folder))));
    return lines;
  }

  private static String command(Path captures, Path model) {
    List<String> words = new ArrayList<>(List.of("./parity", "many"));
    words.addAll(List.of("--model-dir", model.toString(), "--captures", captures.toString()));
    words.addAll(
        List.of(
            "--stages",
            Stages.names().stream().map(StageName::label).collect(Collectors.joining(","))));
    words.addAll(List.of("--out", captures.resolve("runs").toString()));
    return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
  }

  private ObjectNode json(Suite.Result suite) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("attempts", suite.attempts());
    ArrayNode captures = root.putArray("captures");
    for (Suite.Made made : suite.captures()) {
      ObjectNode each = captures.addObject().put("folder", made.folder().toString());
      made.options().forEach(each.putArray("options")::add);
      made.exercised().happened().forEach(each.putArray("exercises")::add);
    }
    ArrayNode missing = root.putArray("missing");
    for (Exercised.Count count : suite.together().absent()) {
      missing.addObject().put("name", count.regime()).put("why", suite.missing().why(count));
    }
    ReportJson.put(root.putObject("regimes"), suite.together());
    return root;
  }

  private void write(ObjectNode json) {
    try {
      Files.writeString(out.resolve("suite.json"), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
