package parity.harness.plan;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import parity.compare.limits.Basis;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.limits.FixedLimits;
import parity.harness.limits.Truths;
import parity.harness.limits.Yardstick;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;

/** What a capture expects of the modules of a part. */
final class Taps {
  private static final Yardstick INPUT = Yardstick.by(FixedLimits.MODULE_INPUTS);

  private final StagePlan.Builder plan;
  private final TapFiles files;
  private final Truths truths;
  private final Basis.Fixed withoutTruth;

  private Taps(StagePlan.Builder plan, TapFiles files, Truths truths, Basis.Fixed withoutTruth) {
    this.plan = plan;
    this.files = files;
    this.truths = truths;
    this.withoutTruth = withoutTruth;
  }

  /**
   * Expects every module's output, and what modules are given, if they were captured.
   *
   * @param withoutTruth limits for a capture that has no float64 truth
   * @param twin another name under which a module's output is expected too
   * @return whether they were captured
   */
  static boolean expect(
      StagePlan.Builder plan,
      PlanContext context,
      Part part,
      Basis.Fixed withoutTruth,
      Function<String, Optional<String>> twin) {
    Optional<TapFiles> captured = context.capture().taps(part);
    captured.ifPresent(files -> {
      Truths truths = Truths.cumulative(context.capture(), part, files, context.limits());
      new Taps(plan, files, truths, withoutTruth).expect();
      plan.modules(
          new ModulePlan(
              part,
              files,
              Truths.isolated(context.capture(), part, files, context.limits()),
              withoutTruth,
              twin));
    });
    return captured.isPresent();
  }

  private void expect() {
    files.expected().forEach(this::expect);
    files.taps().names().stream()
        .filter(name -> !plan.expects(name))
        .forEach(name -> plan.stray(name, files.taps().info(name)));
    files.truth().ifPresent(this::strays);
  }

  private void expect(String name) {
    Role role = TapFiles.isInput(name) ? Role.ALONE : Role.MODULE;
    if (files.info(name).isEmpty()) {
      plan.lost(name, role, infoOfTruth(name));
      return;
    }
    Yardstick by = role == Role.MODULE ? truths.of(name, withoutTruth) : INPUT;
    plan.expect(Expectation.of(name, role, files.get(name), by));
  }

  /** What its truth says of a tap that the capture has lost. */
  private TensorInfo infoOfTruth(String name) {
    return files
        .truth()
        .filter(file -> file.contains(name))
        .map(file -> file.info(name))
        .orElse(new TensorInfo(DType.F32, Shape.of()));
  }

  private void strays(TensorFile truth) {
    Set<String> known = new HashSet<>(files.taps().names());
    known.addAll(files.expected());
    truth.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> plan.stray(name, truth.info(name)));
  }
}
