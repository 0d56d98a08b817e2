package parity.harness.stage;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import parity.compare.limits.Basis;
import parity.cosyvoice.onnx.Weights;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;

/**
 * The modules of a part, each on the reference's own inputs.
 *
 * @param withoutTruth limits for a capture that has no float64 truth
 * @param twin another name under which a tensor is expected too
 * @param controls faults to be seen
 * @param make makes the part of weights, and has it taken as long as it is open
 */
record Alone(
    Part part,
    Basis.Fixed withoutTruth,
    Function<String, Optional<String>> twin,
    Controls controls,
    BiConsumer<Weights, Rerun.Taker> make) {
  /** A part none of whose tensors has another name. */
  static Alone of(
      Part part,
      Basis.Fixed withoutTruth,
      Controls controls,
      BiConsumer<Weights, Rerun.Taker> make) {
    return new Alone(part, withoutTruth, name -> Optional.empty(), controls, make);
  }

  /**
   * Looks at all modules, and as far as the context's scope goes, whether that can be relied on.
   *
   * @param whole the same modules in the whole run, compared before
   */
  void judge(TapComparison whole, Weights weights, StageContext context, Checks checks) {
    if (context.scope().includes(Scope.MODULES)) {
      judge(whole.files(), whole::fits, weights, context, checks);
    }
  }

  /** Looks at one module only. */
  void judgeOnly(TapFiles files, Weights weights, StageContext context, Checks checks) {
    String module = context.module().orElseThrow();
    Predicate<String> given =
        name -> files.info(name).isPresent() && !OneModule.isInside(module, name);
    judge(files, given, weights, context, checks);
  }

  private void judge(
      TapFiles files,
      Predicate<String> fits,
      Weights weights,
      StageContext context,
      Checks checks) {
    Isolated isolated = new Isolated(part, files, fits, checks, context, withoutTruth, twin);
    boolean all = context.scope().includes(Scope.ALL);
    make.accept(
        weights,
        rerun -> {
          isolated.compare(rerun);
          if (all) {
            isolated.repeat(rerun);
          }
        });
    if (all) {
      controls.judge(weights, isolated, checks, make);
    }
  }
}
