package parity.harness.cli.development;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import parity.harness.bench.LlmBench;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the language model; {@code tools/bench_llm.sh} runs it in turn with upstream. */
@Command(
    name = "bench-llm",
    description =
        "Times the language model on given tokens. tools/bench_llm.sh does so in turn with Python.")
public final class BenchLlmCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "FILE",
      description =
          "safetensors with prompt_text, text, llm_prompt_speech_token and speech_tokens.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path inputs;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Map<String, Double> figures =
        LlmBench.run(model.get(System.getenv()).folder(), inputs, compute.threads());
    PrintWriter out = spec.commandLine().getOut();
    if (compute.json()) {
      ObjectNode json = new ObjectMapper().createObjectNode();
      figures.forEach(json::put);
      out.println(json);
    } else {
      figures.forEach((name, value) -> out.printf("%-20s %.4g%n", name, value));
    }
    return 0;
  }
}
