package parity.harness.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.diff.DiffRequest;
import parity.harness.diff.GivenLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two files of tensors. */
@Command(
    name = "diff",
    description = "Compares two safetensors, .pt, .npz or .npy files, tensor by tensor.",
    footer = {
      "",
      "Tensors of the same name are compared; FILE of --names says which others are. What is not a"
          + " tensor is listed, and is never counted as PASS. docs/reference/diff.md describes the limits"
          + " of each type, the file formats and the output of --json;"
          + " docs/reference/names-file.md describes FILE."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "EXPECTED", description = "The reference.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path expected;

  @Parameters(index = "1", paramLabel = "ACTUAL", description = "The file to compare with it.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path actual;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "YAML file: names, orders of axes and types that ACTUAL has of its own.")
  private @Nullable Path names;

  @Option(
      names = "--relative-l2",
      paramLabel = "X",
      description = "Largest relative L2 difference of a tensor (default: as its type allows).")
  private @Nullable Double relativeL2;

  @Option(
      names = "--rtol",
      paramLabel = "X",
      description =
          "An element may differ by atol + rtol * |expected| (default: as its type allows).")
  private @Nullable Double rtol;

  @Option(
      names = "--atol",
      paramLabel = "X",
      description = "See --rtol (default: rtol times the root mean square of the expected tensor).")
  private @Nullable Double atol;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why these limits are given; the result repeats it.")
  private @Nullable String reason;

  @Option(
      names = "--worst",
      paramLabel = "N",
      description = "How many tensors to show; the worst come first (default: 10).")
  private int worst = DiffRequest.WORST;

  @Option(names = "--all", description = "Show all tensors.")
  private boolean all;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    GivenLimits limits =
        new GivenLimits(given(relativeL2), given(rtol), given(atol), Optional.ofNullable(reason));
    return new DiffRequest(
            expected,
            actual,
            Optional.ofNullable(names),
            limits,
            all ? Integer.MAX_VALUE : worst,
            compute.json(),
            compute.threads())
        .run(spec.commandLine().getOut());
  }

  private static OptionalDouble given(@Nullable Double limit) {
    return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }
}
