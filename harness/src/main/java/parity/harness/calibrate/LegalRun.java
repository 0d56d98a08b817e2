package parity.harness.calibrate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import parity.compare.Comparison;
import parity.compare.limits.Basis;
import parity.compare.limits.Limits;
import parity.compare.verdict.Verdict;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.port.dump.Dumps;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Text;

/** A folder of {@code parity capture variant}, held against its capture. */
final class LegalRun {
  /** What a variant says otherwise than its capture. */
  private static final Set<String> OF_THE_VARIANT =
      Set.of("variant", "variant_says", "threads", "cpu_capability", "truth");

  private static final String OUTPUTS = "outputs.safetensors";

  /** A truth of several stages at once, by which none of them is judged. */
  private static final String END_TO_END = ".end_to_end";

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
   * @throws BadInputException if the folder is of another capture, or lacks what the capture has
   */
  Map<String, String> compare(Sink sink) {
    if (!Files.isRegularFile(folder.resolve(OUTPUTS))) {
      throw new BadInputException(
          folder.resolve(OUTPUTS)
              + ": no such file; give folders that parity capture variant made, each after = of"
              + " its capture");
    }
    try (Dumps dumps = Dumps.open(folder)) {
      dumps.metadata().forEach(this::requireOfThisCapture);
      capture
          .truthOutputs()
          .ifPresent(truth -> compareAll(capture.full().orElseThrow(), truth, dumps, sink));
      capture
          .truthChunks()
          .ifPresent(truth -> compareAll(capture.chunks().orElseThrow(), truth, dumps, sink));
      for (Part part : Part.values()) {
        capture.taps(part).ifPresent(files -> compareTaps(part, files, dumps, sink));
      }
      return new TreeMap<>(dumps.metadata().getOrDefault(folder.resolve(OUTPUTS), Map.of()));
    }
  }

  private void compareTaps(Part part, TapFiles files, Dumps dumps, Sink sink) {
    TensorFile truth =
        files
            .truth()
            .orElseThrow(() ->
                new BadInputException(
                    "%s: its %s is missing beside it; capture with truth"
                        .formatted(files.taps().path(), part.cumulativeTruth())));
    compareAll(files.taps(), truth, dumps, sink);
  }

  private void compareAll(TensorFile reference, TensorFile truth, Dumps dumps, Sink sink) {
    for (String name : truth.names()) {
      if (name.contains(END_TO_END)) {
        continue;
      }
      if (!dumps.contains(name)) {
        throw new BadInputException(
            "%s: has no %s, which its capture has; run the variant again".formatted(folder, name));
      }
      Basis basis = new Basis.Truth(truth.get(name), limits.of(name));
      Tensor expected = reference.get(name.replace(FROM_SOURCE, ""));
      sink.accept(Comparison.compare(name, expected, dumps.get(name), basis));
    }
  }

  private void requireOfThisCapture(Path file, Map<String, String> metadata) {
    stranger(metadata)
        .ifPresent(key -> {
          throw new BadInputException(
              "%s: is not of this capture: %s is %s, not %s"
                  .formatted(
                      file,
                      Text.shown(key),
                      quoted(metadata, key),
                      quoted(capture.metadata(), key)));
        });
  }

  private static String quoted(Map<String, String> metadata, String key) {
    return Text.quote(String.valueOf(metadata.get(key)));
  }

  private Optional<String> stranger(Map<String, String> metadata) {
    return capture.metadata().entrySet().stream()
        .filter(said -> !OF_THE_VARIANT.contains(said.getKey()) && !said.getKey().equals("order"))
        .filter(said -> !said.getValue().equals(metadata.get(said.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
