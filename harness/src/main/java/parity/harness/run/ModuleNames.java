package parity.harness.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parity.harness.capture.Part;
import parity.tensors.TensorFile;
import parity.tensors.format.TensorFiles;

/** Names that a capture has for the tensors of modules, for messages. */
public final class ModuleNames {
  private ModuleNames() {}

  /** All of them, part by part. */
  public static List<String> of(Path captureFolder) {
    List<String> names = new ArrayList<>();
    for (Part part : Part.values()) {
      Path taps = captureFolder.resolve(part.taps());
      if (Files.exists(taps)) {
        try (TensorFile file = TensorFiles.open(taps)) {
          names.addAll(file.names());
        }
      }
    }
    return names;
  }
}
