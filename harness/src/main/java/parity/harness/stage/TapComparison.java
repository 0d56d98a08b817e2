package parity.harness.stage;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import parity.compare.Basis;
import parity.compare.Limits;
import parity.cosyvoice.model.TapSink;
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
  private final Limits limits;
  private final Basis.Fixed withoutTruth;
  private final boolean truthExpected;
  private final Set<String> captured;

  /**
   * Says to {@code checks} which taps are expected.
   *
   * @param withoutTruth limits for a capture of an origin that has no float64 truth
   */
  TapComparison(TapFiles files, Checks checks, StageContext context, Basis.Fixed withoutTruth) {
    this.files = files;
    this.checks = checks;
    this.limits = context.limits();
    this.withoutTruth = withoutTruth;
    this.truthExpected = context.capture().truthExpected();
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

  /** The captured name of a module's call; modules that were called once have no number. */
  Optional<String> nameOf(String path, int call) {
    String numbered = path + "#" + call;
    if (captured.contains(numbered)) {
      return Optional.of(numbered);
    }
    return Optional.of(path).filter(name -> call == 0 && captured.contains(name));
  }

  /** What a captured tap is judged by; empty if its truth is missing. */
  private Optional<Basis> basis(String name) {
    if (files.truth().isEmpty() && !truthExpected) {
      return Optional.of(withoutTruth);
    }
    return files
        .truth()
        .filter(truth -> truth.contains(name))
        .map(truth -> new Basis.Truth(truth.get(name), limits.of(name)));
  }

  @Override
  public void accept(String path, int call, Tensor actual) {
    nameOf(path, call).filter(checks::expects).ifPresent(name -> compare(name, actual));
  }

  private void compare(String name, Tensor actual) {
    Tensor reference = files.taps().get(name);
    basis(name)
        .ifPresentOrElse(
            basis -> checks.compare(name, reference, actual, basis),
            () -> checks.unusable(name, "is missing, with its file or from it"));
  }
}
