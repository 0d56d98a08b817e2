package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;

/** Runs the native side on what the capture holds for one stage, and compares. */
interface Stage {
  /** Files of the model folder that the stage reads. */
  List<String> modelFiles();

  /** Files of the capture that the stage reads, as a capture calls them. */
  List<String> captureFiles();

  /**
   * Runs the stage.
   *
   * @param arena lives as long as the stage
   * @throws Blocked if the capture lacks what the stage needs
   * @throws parity.tensors.BadInputException if model or recording cannot be used
   */
  void compare(StageContext context, Checks checks, Arena arena);
}
