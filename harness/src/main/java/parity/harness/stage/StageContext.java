package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.compare.limits.Limits;
import parity.harness.console.Progress;
import parity.harness.plan.Declared;
import parity.harness.plan.PlanContext;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;
import parity.harness.port.java.NativeSide;

/**
 * What a stage works on.
 *
 * @param port what whoever answers works on
 * @param nativeSide how the Java engine is made
 * @param limits how noisy each kind of module may be
 * @param progress how far the stage is
 * @param scope how much is done
 * @param module only what is of that name is looked at, on the reference's own inputs
 * @param declared what is to be compared
 */
public record StageContext(
    PortContext port,
    NativeSide nativeSide,
    Limits limits,
    Progress progress,
    Scope scope,
    Optional<String> module,
    Declared declared) {
  /** The same with less to do. */
  StageContext within(Scope narrower) {
    return scope.includes(narrower)
        ? new StageContext(port, nativeSide, limits, progress, narrower, module, declared)
        : this;
  }

  /** What the stage's plan is made of. */
  PlanContext plan(Arena arena) {
    return new PlanContext(port.capture(), port.config(), limits, arena);
  }
}
