package parity.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import parity.tensors.TensorFile;
import parity.tensors.TensorFiles;
import parity.tensors.TensorInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what is in a tensor file. */
@Command(
    name = "inspect",
    description = "Lists the tensors and metadata of a safetensors, .pt or .npz file.")
final class InspectCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to list.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path path;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (TensorFile file = TensorFiles.open(path)) {
      if (compute.json()) {
        out.println(json(file).toPrettyString());
      } else {
        new TreeMap<>(file.metadata())
            .forEach((key, value) -> out.println("# " + key + ": " + value));
        for (String name : file.names()) {
          TensorInfo info = file.info(name);
          out.printf("%-5s %-22s %s%n", info.dtype(), info.shape(), name);
        }
      }
    }
    return 0;
  }

  private static ObjectNode json(TensorFile file) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ObjectNode metadata = root.putObject("metadata");
    new TreeMap<>(file.metadata()).forEach(metadata::put);
    ObjectNode tensors = root.putObject("tensors");
    for (String name : file.names()) {
      TensorInfo info = file.info(name);
      ObjectNode tensor = tensors.putObject(name);
      tensor.put("dtype", info.dtype().name());
      Arrays.stream(info.shape().dims()).forEach(tensor.withArray("shape")::add);
    }
    return root;
  }
}
