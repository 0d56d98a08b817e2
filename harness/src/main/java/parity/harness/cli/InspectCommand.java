package parity.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import parity.harness.cli.options.ComputeOptions;
import parity.tensors.Other;
import parity.tensors.Shape;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.format.TensorFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what is in a tensor file. */
@Command(
    name = "inspect",
    description =
        "Lists what is in a safetensors, .pt, .npz or .npy file: tensors, metadata, values.")
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
            .forEach((key, value) -> out.println(Text.visible("# " + key + ": " + value)));
        for (String name : file.names()) {
          TensorInfo info = file.info(name);
          out.println(columns(info.dtype().name(), info.shape().toString()) + Text.visible(name));
        }
        file.others().forEach((name, other) -> out.println(Text.visible(line(name, other))));
      }
    }
    return 0;
  }

  /** What it is, its shape if it has one, its name, and how it reads if it is short. */
  private static String line(String name, Other other) {
    String shape = other.shape().map(Shape::toString).orElse("");
    String value = other.value().isEmpty() ? "" : " = " + other.value();
    String what =
        switch (other.role()) {
          case ARRAY -> "  (not compared)";
          case VALUE -> "  (no tensor)";
          case ATTACHED -> "  (attached)";
        };
    return columns(other.kind(), shape) + name + value + what;
  }

  private static String columns(String type, String shape) {
    return "%-28s ".formatted("%-5s %s".formatted(type, shape));
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
    ObjectNode others = root.putObject("others");
    file.others()
        .forEach((name, other) -> {
          ObjectNode node = others.putObject(name);
          node.put("role", other.role().name().toLowerCase(Locale.ROOT));
          node.put("kind", other.kind());
          other
              .shape()
              .ifPresent(
                  shape -> Arrays.stream(shape.dims()).forEach(node.withArray("shape")::add));
          if (!other.value().isEmpty()) {
            node.put("value", other.value());
          }
        });
    return root;
  }
}
