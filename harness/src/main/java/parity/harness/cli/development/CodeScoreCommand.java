package parity.harness.cli.development;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parity.harness.cli.options.ModelOptions;
import parity.harness.mutation.code.CodeScore;
import parity.harness.run.CaptureRegimes;
import parity.harness.run.ProjectHome;
import parity.tensors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many faults in our own code the harness sees. */
@Command(
    name = "code-score",
    description =
        "Puts one fault at a time into our own code outside the graphs (another constant, branch,"
            + " operator), and counts how many of those that the captures reach the harness sees.",
    footer = {"", "Exit: 0 if at least 99 %% of those that change a figure are seen, else 1."})
public final class CodeScoreCommand implements Callable<Integer> {
  private static final double SEEN = 0.99;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--captures",
      paramLabel = "DIR",
      description =
          "A capture, or a folder of captures, that pass; may be given several times (default:"
              + " samples/capture).")
  private List<Path> captures = List.of();

  @Option(
      names = "--packages",
      split = ",",
      paramLabel = "NAME",
      description = "Packages that get faults, separated by commas (default: all that compute).")
  private List<String> packages = CodeScore.packages();

  @Option(
      names = "--sites",
      paramLabel = "N",
      description = "How many faults to draw (default: all).")
  private int sites = Integer.MAX_VALUE;

  @Mixin private final FaultOptions faults = new FaultOptions();

  @Option(
      names = "--json",
      description = "Print the result as JSON on standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Override
  public Integer call() {
    for (String name : packages) {
      if (!CodeScore.packages().contains(name)) {
        throw new BadInputException(
            "--packages %s: no such package; there are %s"
                .formatted(name, String.join(", ", CodeScore.packages())));
      }
    }
    List<Path> given = captures.isEmpty() ? List.of(ProjectHome.find().sampleCapture()) : captures;
    List<Path> folders =
        given.stream().flatMap(folder -> CaptureRegimes.folders(folder).stream()).toList();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter log = json ? spec.commandLine().getErr() : out;
    CodeScore.Score score =
        CodeScore.of(
            new CodeScore.Request(
                model.get(System.getenv()).folder(),
                folders,
                packages,
                sites,
                faults.seed(),
                faults.jobs()),
            log);
    long seen = score.count(CodeScore.Outcome.SEEN);
    long overlooked = score.count(CodeScore.Outcome.OVERLOOKED);
    if (json) {
      out.println(json(score).toPrettyString());
    } else {
      out.printf(
          "%d places, %d reached, %d faults: %d seen, %d overlooked, %d change no figure%n",
          score.places(),
          score.reached(),
          score.outcomes().size(),
          seen,
          overlooked,
          score.count(CodeScore.Outcome.NO_CHANGE));
    }
    return seen >= SEEN * (seen + overlooked) && seen > 0 ? 0 : 1;
  }

  private static ObjectNode json(CodeScore.Score score) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("places", score.places()).put("reached", score.reached());
    ArrayNode faults = root.putArray("faults");
    score
        .outcomes()
        .forEach((site, outcome) ->
            faults
                .addObject()
                .put("class", site.className())
                .put("method", site.method())
                .put("line", site.line())
                .put("fault", site.fault().name())
                .put("outcome", outcome.name()));
    return root;
  }
}
