package parity.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.regime.Regimes;
import parity.harness.report.ReportJson;
import parity.harness.result.Exercised;
import parity.harness.run.CaptureRegimes;
import parity.tensors.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What captures exercise of what upstream can do, without running anything. */
@Command(
    name = "regimes",
    description =
        "Counts what captures exercise of what upstream can do: a PASS says nothing of the rest."
            + " Without a capture: lists what there is, and how to get it.")
final class RegimesCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders of captures, or with a folder for each capture; counted together.")
  private List<Path> captures = List.of();

  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Exercised together = captures.isEmpty() ? Regimes.all() : counted(out);
    if (compute.json()) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      ReportJson.put(root, together);
      out.println(Text.visibleLines(root.toPrettyString()));
    } else {
      together.lines(!captures.isEmpty()).forEach(line -> out.println(Text.visible(line)));
    }
    return 0;
  }

  private Exercised counted(PrintWriter out) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(model.get(System.getenv()).folder());
    List<Path> folders = new ArrayList<>();
    captures.forEach(folder -> folders.addAll(CaptureRegimes.folders(folder)));
    Exercised together = Exercised.NOTHING;
    for (Path folder : folders) {
      Exercised one = CaptureRegimes.count(folder, config);
      together = together.plus(one);
      if (!compute.json() && folders.size() > 1) {
        out.println(Text.visible("%s: %s".formatted(folder.getFileName(), one.line())));
        out.flush();
      }
    }
    return together;
  }
}
