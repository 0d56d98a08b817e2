package parity.harness.port.java;

import parity.harness.plan.Expectation;
import parity.harness.plan.Role;
import parity.harness.port.Port;
import parity.harness.port.Scope;

/** A stage of the Java engine. */
abstract class JavaPort implements Port {
  private final Scope scope;

  /**
   * A port.
   *
   * @param scope how much is done: without all, nothing is run with nobody watching
   */
  JavaPort(Scope scope) {
    this.scope = scope;
  }

  @Override
  public boolean answers(Expectation expectation) {
    return expectation.role() != Role.UNWATCHED || scope.includes(Scope.ALL);
  }
}
