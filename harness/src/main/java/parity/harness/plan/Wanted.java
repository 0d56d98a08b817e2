package parity.harness.plan;

import java.util.ArrayList;
import java.util.List;
import parity.tensors.TensorInfo;

/**
 * A tensor that a candidate is asked for.
 *
 * @param stage as options spell it
 * @param info type and shape that it has upstream
 * @param step place among those of the stage in execution order, from 0
 */
public record Wanted(String stage, String name, TensorInfo info, int step) {
  /** All of a stage, in execution order. */
  public static List<Wanted> of(String stage, StagePlan plan) {
    List<Wanted> wanted = new ArrayList<>();
    for (Expectation expectation : plan.expectations()) {
      if (expectation.isAskedOfCandidates()) {
        wanted.add(
            new Wanted(stage, expectation.name(), expectation.reference().info(), wanted.size()));
      }
    }
    return List.copyOf(wanted);
  }
}
