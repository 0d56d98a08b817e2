package parity.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.cli.options.StageNames;
import parity.harness.report.BriefLines;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;
import parity.harness.run.ManyRuns;
import parity.tensors.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One run after the other; {@code tools/try_seeds.sh} makes the captures for it. */
@Command(
    name = "many",
    description =
        "Compares every capture in a folder, and prints one line for each. tools/try_seeds.sh makes such a folder.")
final class ManyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--captures",
      required = true,
      paramLabel = "DIR",
      description = "Folder that holds a folder for each capture.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path captures;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where results go: a folder for each run.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path out;

  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "STAGE",
      description = "Stages to compare, separated by commas (default: llm).")
  private String[] stages = {"llm"};

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    List<Outcome> outcomes = new ArrayList<>();
    ArrayNode json = new ObjectMapper().createArrayNode();
    PrintWriter watcher = spec.commandLine().getOut();
    ManyRuns.of(
        new ManyRuns.Request(
            model.get(System.getenv()).folder(),
            captures,
            out,
            StageNames.of(stages),
            compute.threads()),
        (name, result) -> {
          outcomes.add(result.outcome());
          if (compute.json()) {
            put(json.addObject(), name, result);
          } else {
            say(watcher, name, result);
          }
        });
    if (compute.json()) {
      watcher.println(json.toPrettyString());
    } else {
      sayCounts(watcher, outcomes);
    }
    return Outcome.combine(outcomes).exitCode();
  }

  private static void sayCounts(PrintWriter watcher, List<Outcome> outcomes) {
    watcher.printf("%d captures:", outcomes.size());
    for (Outcome outcome : Outcome.values()) {
      long count = outcomes.stream().filter(outcome::equals).count();
      if (count > 0) {
        watcher.printf(" %d %s", count, outcome);
      }
    }
    watcher.println();
  }

  private static void say(PrintWriter watcher, String name, RunResult result) {
    watcher.printf("%-13s %-20s", result.outcome(), Text.visible(name));
    for (StageResult stage : result.stages()) {
      watcher.printf(" %s: %s", stage.name(), Text.visible(stage.says()));
    }
    watcher.println();
    for (StageResult stage : result.stages()) {
      BriefLines.of(stage, stage.name().log())
          .forEach(line -> watcher.println("    " + Text.visible(line)));
      stage.notes().forEach(note -> watcher.println("    " + Text.visible(note)));
    }
    watcher.flush();
  }

  /** What is not right, and what the stages noted. */
  private static List<String> telling(RunResult result) {
    List<String> lines = new ArrayList<>();
    for (StageResult stage : result.stages()) {
      stage.findings().stream()
          .map(Finding::telling)
          .filter(verdict -> verdict.status() == Status.FAIL || !verdict.status().isCompared())
          .map(Verdict::line)
          .forEach(lines::add);
      lines.addAll(stage.notes());
    }
    return lines;
  }

  private static void put(ObjectNode node, String name, RunResult result) {
    node.put("capture", name).put("verdict", result.outcome().name());
    telling(result).forEach(node.putArray("telling")::add);
  }
}
