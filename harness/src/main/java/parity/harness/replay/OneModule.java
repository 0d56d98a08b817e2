package parity.harness.replay;

import java.util.List;
import java.util.Map;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.harness.limits.Yardstick;
import parity.harness.names.NearNames;
import parity.harness.plan.Expectation;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.tensors.BadInputException;

/** Of a part, one module alone is looked at. */
public final class OneModule {
  private OneModule() {}

  /**
   * A plan that expects of a stage one module alone: what it returns, and what it is given that is
   * no module's output.
   *
   * @param whole plan of the stage
   * @param module its name, with the number of a call or for all calls
   * @throws BadInputException if the capture has nothing of that name
   */
  public static StagePlan plan(StagePlan whole, String stage, String module) {
    TapFiles files =
        whole
            .modules()
            .orElseThrow(() ->
                new BadInputException(
                    "%s: the capture has no taps of %s, so no module can be run alone; capture with --taps boundary"
                        .formatted(module, stage)))
            .files();
    List<Expectation> expectations =
        files.expected().stream()
            .filter(name -> files.info(name).isPresent() && isOf(module, name))
            .map(name -> Expectation.of(name, Role.ALONE, files.get(name), Yardstick.SAME))
            .toList();
    if (expectations.isEmpty()) {
      throw new BadInputException(
          "%s: %s holds no module of that name; ./parity inspect shows what it holds%s"
              .formatted(
                  module, files.taps().path(), NearNames.moduleHint(module, files.expected())));
    }
    return new StagePlan(expectations, Map.of(), Map.of(), whole.modules());
  }

  /** Whether a tensor is of a module inside that one, which must then compute it itself. */
  static boolean isInside(String module, String name) {
    String path = TapName.of(module).path();
    return name.startsWith(path + ".") && !isOf(path, name);
  }

  private static boolean isOf(String module, String name) {
    TapName wanted = TapName.of(module);
    String path = wanted.path();
    String rest = name.startsWith(path) ? name.substring(path.length()) : "?";
    String call = wanted.call().isEmpty() ? "(#\\d+)?" : wanted.call();
    return rest.matches("([.]\\d+|:\\w+)?" + call);
  }
}
