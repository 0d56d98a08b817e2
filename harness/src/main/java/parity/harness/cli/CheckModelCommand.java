package parity.harness.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parity.harness.capture.Capture;
import parity.harness.check.ModelCheck;
import parity.harness.check.ModelFile;
import parity.harness.check.ModelJson;
import parity.harness.check.ModelReport;
import parity.harness.check.ModelText;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.console.Progress;
import parity.harness.console.Screen;
import parity.harness.report.Words;
import parity.harness.run.GivenFolder;
import parity.harness.run.SegmentFolder;
import parity.tensors.BadInputException;
import parity.tensors.TensorFile;
import parity.tensors.format.TensorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a model folder can be used. */
@Command(
    name = "check-model",
    description = "Reads a whole model folder once: files, keys, shapes, checksums, hashes.",
    footer = {
      "",
      "Exit: 0 if the folder can be used, 3 if not. docs/reference/check-model.md has the form of"
          + " --json."
    })
final class CheckModelCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "Release folder of the model (default: $MODEL_DIR, else samples/model, whose weights are"
              + " random).")
  private @Nullable Path modelDir;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description =
          "Folder of a capture. The table then says which files are those that it was made from.")
  private @Nullable Path artifacts;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Path folder = ModelOptions.choose(modelDir, "check-model", System.getenv()).folder();
    Map<String, String> capture = artifacts == null ? Map.of() : metadata(artifacts);
    ModelReport report;
    try (Progress progress =
        Progress.of("check-model", " MB", Screen.of(spec.commandLine().getOut()))) {
      report = ModelCheck.of(folder, capture, compute.threads(), progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (compute.json()) {
      out.println(ModelJson.text(report));
    } else {
      ModelText.lines(report).forEach(out::println);
    }
    if (!report.usable()) {
      out.flush();
      throw new BadInputException(
          folder
              + ": cannot be used; what is wrong with "
              + Words.list(report.wrong().stream().map(ModelFile::name).toList())
              + " stands in the table");
    }
    if (!compute.json()) {
      out.println(folder + " can be used");
    }
    return 0;
  }

  private static Map<String, String> metadata(Path artifacts) {
    GivenFolder.requireCapture(artifacts, "--artifacts");
    Path file = SegmentFolder.of(artifacts, 0).resolve(Capture.FULL);
    try (TensorFile full = TensorFiles.open(file)) {
      if (full.metadata().keySet().stream().noneMatch(key -> key.startsWith("sha256 "))) {
        throw new BadInputException(
            file + ": does not say which model it was made from; leave --artifacts out");
      }
      return full.metadata();
    }
  }
}
