package parity.harness.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import parity.tensors.BadInput;

/** Whether a model folder is the one that a capture was made from, by the sha256 of its files. */
public final class ModelHashes {
  private ModelHashes() {}

  /**
   * Compares the files of a model folder with the hashes in a capture's metadata; a file without a
   * hash there is not read.
   *
   * @throws BadInput if a file is another than at the capture
   */
  public static void check(Path modelDir, Map<String, String> metadata, Collection<String> files) {
    for (String file : files) {
      String expected = metadata.get("sha256 " + file);
      if (expected != null && !expected.equals(sha256(modelDir.resolve(file)))) {
        throw new BadInput(
            modelDir.resolve(file)
                + ": not the file that the capture was made from (its sha256 differs); give the"
                + " capture's own model, capture again, or go on with --force-model");
      }
    }
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new BadInput(
          file + ": cannot be read; --model-dir must be a CosyVoice3 release folder", e);
    }
  }
}
