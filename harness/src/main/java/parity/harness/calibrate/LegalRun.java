package parity.harness.calibrate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import parity.compare.Basis;
import parity.compare.Comparison;
import parity.compare.Limits;
import parity.compare.Verdict;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.tensors.BadInput;
import parity.tensors.TensorFile;
import parity.tensors.TensorFiles;

/** A folder of {@code parity capture variant}, held against its capture. */
final class LegalRun {
  /** What a variant says otherwise than its capture. */
  private static final Set<String> OF_THE_VARIANT =
      Set.of("variant", "variant_says", "threads", "cpu_capability", "truth");

  private static final String OUTPUTS = "outputs.safetensors";
  private static final String FROM_SOURCE = ".from_source";

  private final Capture capture;
  private final Path folder;
  private final Limits limits;

  /** Gets the verdict on each tensor that has a truth. */
  interface Sink {
    void accept(Verdict verdict);
  }

  LegalRun(Capture capture, Path folder, Limits limits) {
    this.capture = capture;
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Compares all.
   *
   * @return the variant's metadata
   * @throws BadInput if the folder is of another capture, or lacks what the capture has
   */
  Map<String, String> compare(Sink sink) {
    try (TensorFile outputs = open(OUTPUTS)) {
      capture
          .truthOutputs()
          .ifPresent(truth -> compareAll(capture.full().orElseThrow(), truth, outputs, sink));
      capture
          .truthChunks()
          .ifPresent(truth -> compareAll(capture.chunks().orElseThrow(), truth, outputs, sink));
      for (Part part : Part.values()) {
        capture.taps(part).ifPresent(files -> compareTaps(part, files, sink));
      }
      return new TreeMap<>(outputs.metadata());
    }
  }

  private void compareTaps(Part part, TapFiles files, Sink sink) {
    TensorFile truth =
        files
            .truth()
            .orElseThrow(() ->
                new BadInput(
                    files.taps().path()
                        + ": its truth_"
                        + part.label()
                        + "_cumulative.safetensors is missing beside it; capture with truth"));
    try (TensorFile actual = open("taps_" + part.label() + ".safetensors")) {
      compareAll(files.taps(), truth, actual, sink);
    }
  }

  private void compareAll(TensorFile reference, TensorFile truth, TensorFile actual, Sink sink) {
    for (String name : truth.names()) {
      if (!actual.contains(name)) {
        throw new BadInput(
            "%s: has no %s, which its capture has; run the variant again"
                .formatted(actual.path(), name));
      }
      Basis basis = new Basis.Truth(truth.get(name), limits.of(name));
      String referenceName = name.replace(FROM_SOURCE, "");
      sink.accept(Comparison.compare(name, reference.get(referenceName), actual.get(name), basis));
    }
  }

  private TensorFile open(String name) {
    Path path = folder.resolve(name);
    if (!Files.isRegularFile(path)) {
      throw new BadInput(
          path
              + ": no such file; give folders that parity capture variant made, each after = of"
              + " its capture");
    }
    TensorFile file = TensorFiles.open(path);
    try {
      stranger(file.metadata())
          .ifPresent(key -> {
            throw new BadInput(
                "%s: is not of this capture: %s is '%s', not '%s'"
                    .formatted(path, key, file.metadata().get(key), capture.metadata().get(key)));
          });
      return file;
    } catch (BadInput e) {
      file.close();
      throw e;
    }
  }

  private Optional<String> stranger(Map<String, String> metadata) {
    return capture.metadata().entrySet().stream()
        .filter(said -> !OF_THE_VARIANT.contains(said.getKey()) && !said.getKey().equals("order"))
        .filter(said -> !said.getValue().equals(metadata.get(said.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
