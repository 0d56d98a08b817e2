package parity.harness.cli.development;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parity.harness.bench.Bench;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import parity.harness.run.StreamedWay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times Flow and HiFT; {@code tools/bench_full_size.sh} runs it in turn with upstream. */
@Command(
    name = "bench",
    description =
        "Times Flow and HiFT on given inputs. tools/bench_full_size.sh does so in turn with Python.")
public final class BenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "FILE",
      description = "safetensors with token, prompt_token, prompt_feat and embedding.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path inputs;

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description = "What upstream computed from these inputs. The result is compared with it.")
  private @Nullable Path expected;

  @Option(names = "--n-timesteps", paramLabel = "N", description = "Euler steps (default: 10).")
  private int nTimesteps = 10;

  @Option(
      names = "--streamed",
      paramLabel = "WAY",
      description = "Speak in chunks: ${COMPLETION-CANDIDATES}. tools/bench_streaming.sh uses it.")
  private @Nullable StreamedWay streamed;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Bench.Figures figures =
        Bench.run(
            new Bench.Request(
                model.get(System.getenv()).folder(),
                inputs,
                Optional.ofNullable(expected),
                compute.threads(),
                nTimesteps,
                Optional.ofNullable(streamed)));
    ObjectNode json = new ObjectMapper().createObjectNode();
    figures.values().forEach(json::put);
    if (compute.json()) {
      spec.commandLine().getOut().println(json);
    } else {
      figures
          .values()
          .forEach(
              (name, value) -> spec.commandLine().getOut().printf("%-20s %.4g%n", name, value));
    }
    return 0;
  }
}
