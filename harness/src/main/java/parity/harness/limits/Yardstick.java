package parity.harness.limits;

import parity.compare.limits.Basis;
import parity.tensors.Tensor;

/** What a tensor is judged by, told once it is there: some limits depend on what was found. */
@FunctionalInterface
public interface Yardstick {
  /** For what is not computed with: not one bit may differ. */
  Yardstick SAME = by(FixedLimits.SAME);

  /** What this tensor is judged by. */
  Judged of(Tensor actual);

  /** Always the same basis. */
  static Yardstick by(Basis basis) {
    Judged by = new Judged.By(basis);
    return actual -> by;
  }

  /** What a tensor is judged by, or why it cannot be judged. */
  sealed interface Judged {
    /** By this basis. */
    record By(Basis basis) implements Judged {}

    /**
     * Its truth is missing, or is not its own.
     *
     * @param why as it goes on after "the float64 truth of F32 [1, 80]"
     */
    record Unusable(String why) implements Judged {}
  }
}
