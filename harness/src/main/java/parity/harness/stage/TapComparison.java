package parity.harness.stage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.compare.limits.Basis;
import parity.cosyvoice.tap.TapSink;
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
  private final Map<String, TensorInfo> computed = new HashMap<>();

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
          TruthFile truth = new TruthFile(files.truth(), part.cumulativeTruth(), context);
          return new TapComparison(files, checks, truth, withoutTruth);
        });
  }

  private TapComparison(TapFiles files, Checks checks, TruthFile truth, Basis.Fixed withoutTruth) {
    this.files = files;
    this.checks = checks;
    this.truth = truth;
    this.withoutTruth = withoutTruth;
    files.expected().forEach(this::expect);
    files.taps().names().stream()
        .sorted()
        .filter(name -> !checks.expects(name))
        .forEach(name -> checks.unexpected(name, files.taps().info(name)));
    files.truth().ifPresent(this::noteStrayTruth);
  }

  private void expect(String name) {
    checks.expect(name, info(name));
    if (TapFiles.isInput(name)) {
      checks.isolatedOnly(name);
    }
  }

  private void noteStrayTruth(TensorFile truth) {
    Set<String> known = new HashSet<>(files.taps().names());
    known.addAll(files.expected());
    truth.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> checks.unexpected(name, truth.info(name)));
  }

  /** Of the tap itself; of a tap that the capture has lost, what its truth says of it. */
  private TensorInfo info(String name) {
    return files
        .info(name)
        .or(() -> files.truth().filter(file -> file.contains(name)).map(file -> file.info(name)))
        .orElse(new TensorInfo(DType.F32, Shape.of()));
  }

  /** What the capture has of the part's modules. */
  TapFiles files() {
    return files;
  }

  /** Whether the native side has computed a tensor of the type and shape that the capture has. */
  boolean fits(String name) {
    return files.info(name).equals(Optional.ofNullable(computed.get(name)));
  }

  @Override
  public boolean wants(String path, int call) {
    return files.nameOf(path, call).isPresent();
  }

  @Override
  public void accept(String path, int call, Tensor actual) {
    String name = files.nameOf(path, call).orElseThrow();
    computed.put(name, new TensorInfo(actual.dtype(), actual.shape()));
    if (checks.expects(name) && !TapFiles.isInput(name)) {
      truth.compare(checks, name, files.get(name), actual, withoutTruth);
    }
  }
}
