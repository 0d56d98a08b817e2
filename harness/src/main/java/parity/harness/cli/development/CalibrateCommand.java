package parity.harness.cli.development;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parity.compare.limits.Limits;
import parity.harness.calibrate.Calibration;
import parity.harness.calibrate.LimitsTable;
import parity.harness.cli.options.Version;
import parity.harness.limits.ModuleLimits;
import parity.tensors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the table of limits. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Makes the table of limits from correct variants of upstream.",
    footer = {
      "",
      "parity capture variant makes the variants. tools/calibrate.sh does all steps. The kinds of"
          + " tensors are those of the present table."
    })
public final class CalibrateCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File to write the table to.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path out;

  @Parameters(
      paramLabel = "CAPTURE=VARIANT",
      arity = "1..*",
      description = "Folder of a capture, and folder of a correct variant of it.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private List<String> pairs;

  @Override
  public Integer call() {
    PrintWriter log = spec.commandLine().getOut();
    List<String> before = ModuleLimits.lines();
    Limits limits = ModuleLimits.load();
    Calibration calibration =
        Calibration.of(pairs.stream().map(CalibrateCommand::pair).toList(), limits);
    calibration.places().forEach(log::println);
    List<String> lines = LimitsTable.lines(calibration, before);
    try {
      Files.write(out, lines);
    } catch (IOException e) {
      throw new BadInputException("--out " + out + ": cannot be written; give another file", e);
    }
    return 0;
  }

  private static Calibration.Pair pair(String text) {
    int at = text.indexOf('=');
    if (at <= 0 || at == text.length() - 1) {
      throw new BadInputException(text + ": expected CAPTURE=VARIANT, two folders");
    }
    return new Calibration.Pair(Path.of(text.substring(0, at)), Path.of(text.substring(at + 1)));
  }
}
