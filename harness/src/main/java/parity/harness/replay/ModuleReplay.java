package parity.harness.replay;

import java.util.function.Predicate;
import parity.harness.capture.TapFiles;
import parity.harness.judge.Judge;
import parity.harness.plan.ModulePlan;
import parity.harness.port.Modules;
import parity.harness.port.Scope;

/** Runs the modules of a part, each on the reference's own inputs, and has them judged. */
public final class ModuleReplay {
  private final ModulePlan plan;
  private final Modules modules;
  private final Scope scope;
  private final Judge judge;

  /**
   * A replay.
   *
   * @param modules that are run
   * @param scope how much is done
   */
  public ModuleReplay(ModulePlan plan, Modules modules, Scope scope, Judge judge) {
    this.plan = plan;
    this.modules = modules;
    this.scope = scope;
    this.judge = judge;
  }

  /**
   * Looks at all modules that the run as a whole has answered, and as far as the scope goes,
   * whether that can be relied on.
   */
  public void all() {
    if (scope.includes(Scope.MODULES)) {
      run(judge::fits);
    }
  }

  /**
   * Looks at one module only.
   *
   * @param module its name, with the number of a call or for all calls
   */
  public void only(String module) {
    TapFiles files = plan.files();
    run(name -> files.info(name).isPresent() && !OneModule.isInside(module, name));
  }

  private void run(Predicate<String> fits) {
    Isolated isolated = new Isolated(plan, fits, judge);
    boolean all = scope.includes(Scope.ALL);
    modules.open(
        modules.weights(),
        rerun -> {
          isolated.compare(rerun);
          if (all) {
            isolated.repeat(rerun);
          }
        });
    if (all) {
      Controls.of(plan.part()).judge(modules, isolated, judge);
    }
  }
}
