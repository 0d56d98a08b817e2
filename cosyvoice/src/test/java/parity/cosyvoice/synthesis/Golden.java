package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import parity.tensors.Safetensors;
import parity.tensors.TensorFile;

/** What upstream's model did when its parts only counted ({@code make_golden.py}). */
final class Golden {
  private static final Path FILE =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "synthesis", "golden.safetensors");

  private Golden() {}

  static int[] numbers(String name) {
    try (TensorFile file = Safetensors.open(FILE)) {
      return file.get(name).toInts();
    }
  }
}
