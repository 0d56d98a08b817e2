package parity.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

/** The sample, and copies of it in which one file is another. */
public final class Samples {
  public static final Path MODEL = Path.of("..", "samples", "model");
  public static final Path CAPTURE = Path.of("..", "samples", "capture");
  public static final Path WAV = Path.of("..", "samples", "prompt.wav");

  private Samples() {}

  /** The tensor of that name, which must be there. */
  public static Tensor of(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** A copy of a folder and all below it; its files are links, so replace them, never write. */
  public static Path copy(Path folder, Path target) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Path to = target.resolve(folder.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          linkOrCopy(path, to);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }

  /** Puts other bytes in place of a linked file. */
  public static void replace(Path file, byte[] bytes) {
    try {
      Files.deleteIfExists(file);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a safetensors file with other tensors in place of a linked one. */
  public static void rewriteTensors(Path file, Consumer<Map<String, Tensor>> change) {
    rewrite(file, (tensors, metadata) -> change.accept(tensors));
  }

  /** Puts a safetensors file with other metadata in place of a linked one. */
  public static void rewriteMetadata(Path file, Consumer<Map<String, String>> change) {
    rewrite(file, (tensors, metadata) -> change.accept(metadata));
  }

  /** What is to become of a file. */
  public interface Change {
    /** Changes tensors and metadata, both by name. */
    void accept(Map<String, Tensor> tensors, Map<String, String> metadata);
  }

  /** Puts a changed safetensors file in place of a linked one. */
  public static void rewrite(Path file, Change change) {
    try (TensorFile source = Safetensors.open(file)) {
      Map<String, Tensor> tensors = new TreeMap<>();
      source.names().forEach(name -> tensors.put(name, source.get(name)));
      Map<String, String> metadata = new TreeMap<>(source.metadata());
      change.accept(tensors, metadata);
      SafetensorsWriter.write(file, tensors, metadata);
    }
  }
}
