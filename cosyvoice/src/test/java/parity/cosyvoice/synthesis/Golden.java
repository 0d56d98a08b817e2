package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** What upstream's model did when its parts only counted ({@code make_golden.py}). */
public final class Golden {
  private static final Path FILE =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "synthesis", "golden.safetensors");

  private Golden() {}

  public static int[] numbers(String name) {
    try (TensorFile file = Safetensors.open(FILE)) {
      return file.get(name).toInts();
    }
  }
}
