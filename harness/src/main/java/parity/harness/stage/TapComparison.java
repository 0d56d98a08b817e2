package parity.harness.stage;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import parity.compare.Basis;
import parity.cosyvoice.model.TapSink;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;

/** Holds every module's output against the captured tap of its name while the native side runs. */
final class TapComparison implements TapSink {
  private final TapFiles files;
  private final Checks checks;
  private final TruthFile truth;
  private final Basis.Fixed withoutTruth;
  private final Set<String> captured;

  /**
   * Says to {@code checks} which taps of a part are expected, if any were captured.
   *
   * @param withoutTruth limits for a capture that has no float64 truth
   */
  static Optional<TapComparison> of(
      Part part, Checks checks, StageContext context, Basis.Fixed withoutTruth) {
    return context
        .capture()
        .taps(part)
        .map(files -> {
          String name = "truth_" + part.label() + "_cumulative.safetensors";
          TruthFile truth = new TruthFile(files.truth(), name, context);
          return new TapComparison(files, checks, truth, withoutTruth);
        });
  }

  private TapComparison(TapFiles files, Checks checks, TruthFile truth, Basis.Fixed withoutTruth) {
    this.files = files;
    this.checks = checks;
    this.truth = truth;
    this.withoutTruth = withoutTruth;
    this.captured = Set.copyOf(files.taps().names());
    files.expected().forEach(name -> checks.expect(name, info(name)));
    captured.stream()
        .sorted()
        .filter(name -> !checks.expects(name))
        .forEach(name -> checks.unexpected(name, files.taps().info(name)));
    files.truth().ifPresent(this::noteStrayTruth);
  }

  private void noteStrayTruth(TensorFile truth) {
    Set<String> known = new HashSet<>(captured);
    known.addAll(files.expected());
    truth.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> checks.unexpected(name, truth.info(name)));
  }

  /** Of the tap itself; of a tap that the capture has lost, what its truth says of it. */
  private TensorInfo info(String name) {
    if (captured.contains(name)) {
      return files.taps().info(name);
    }
    return files
        .truth()
        .filter(truth -> truth.contains(name))
        .map(truth -> truth.info(name))
        .orElse(new TensorInfo(DType.F32, Shape.of()));
  }

  @Override
  public void accept(String path, int call, Tensor actual) {
    files.nameOf(path, call).filter(checks::expects).ifPresent(name -> compare(name, actual));
  }

  private void compare(String name, Tensor actual) {
    truth.compare(checks, name, files.taps().get(name), actual, withoutTruth);
  }
}
