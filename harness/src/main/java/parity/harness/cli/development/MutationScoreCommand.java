package parity.harness.cli.development;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parity.harness.cli.options.StageNames;
import parity.harness.cli.options.Version;
import parity.harness.mutation.MutationScore;
import parity.harness.mutation.Tally;
import parity.harness.run.ProjectHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many faults the harness sees. */
@Command(
    name = "mutation-score",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Puts one fault at a time into the native side, and counts how many the harness detects and names.",
    footer = {
      "",
      "Exit: 0 if at least 99 %% are detected and the module is named for at least 95 %%, else 1."
    })
public final class MutationScoreCommand implements Callable<Integer> {
  private static final double DETECTED = 0.99;
  private static final double LOCATED = 0.95;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description = "Release folder of the model (default: samples/model).")
  private @Nullable Path modelDir;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description = "Folder of a capture with taps and truth (default: samples/capture).")
  private @Nullable Path artifacts;

  @Option(
      names = "--prompt-wav",
      paramLabel = "WAV",
      description = "The recording of the capture (default: samples/prompt.wav).")
  private @Nullable Path promptWav;

  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "STAGE",
      description = "Stages to put faults in (default: frontend,llm,flow,hift).")
  private String[] stages = {"frontend", "llm", "flow", "hift"};

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "How many faults to draw of each kind in each stage (default: all).")
  private @Nullable Integer sites;

  @Mixin private final FaultOptions faults = new FaultOptions();

  @Option(
      names = "--json",
      description = "Print the counts as JSON on standard output, and nothing else there.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter watcher = json ? new PrintWriter(Writer.nullWriter()) : out;
    ProjectHome home = ProjectHome.find();
    Path model = modelDir != null ? modelDir : home.sampleModel();
    Tally tally =
        MutationScore.of(
            new MutationScore.Request(
                model,
                artifacts != null ? artifacts : home.sampleCapture(),
                promptWav != null ? promptWav : home.sampleModel().resolveSibling("prompt.wav"),
                StageNames.of(stages),
                Optional.ofNullable(sites),
                faults.seed(),
                faults.jobs()),
            watcher);
    if (json) {
      out.println(json(tally).toPrettyString());
    } else {
      table(tally, out);
    }
    Tally.Counts all = tally.all();
    boolean enough =
        all.injected() > 0
            && all.detected() >= DETECTED * all.injected()
            && all.located() >= LOCATED * all.injected();
    return enough ? 0 : 1;
  }

  private static void table(Tally tally, PrintWriter out) {
    out.printf(
        "%-45s %8s %8s %8s %10s %8s%n",
        "kind", "injected", "detected", "located", "equivalent", "refused");
    tally.kinds().forEach((kind, counts) -> row(kind, counts, out));
    row("all", tally.all(), out);
    tally.undetected().forEach(line -> out.println("not detected: " + line));
    tally.mislocated().forEach(line -> out.println("not located: " + line));
  }

  private static void row(String kind, Tally.Counts counts, PrintWriter out) {
    out.printf(
        "%-45s %8d %8d %8d %10d %8d%n",
        kind,
        counts.injected(),
        counts.detected(),
        counts.located(),
        counts.equivalent(),
        counts.refused());
  }

  private static ObjectNode json(Tally tally) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    put(root, tally.all());
    ObjectNode kinds = root.putObject("kinds");
    tally.kinds().forEach((kind, counts) -> put(kinds.putObject(kind), counts));
    tally.undetected().forEach(root.putArray("not_detected")::add);
    tally.mislocated().forEach(root.putArray("not_located")::add);
    return root;
  }

  private static void put(ObjectNode node, Tally.Counts counts) {
    node.put("injected", counts.injected())
        .put("detected", counts.detected())
        .put("located", counts.located())
        .put("equivalent", counts.equivalent())
        .put("refused", counts.refused());
  }
}
