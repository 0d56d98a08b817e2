package parity.compare;

import java.util.List;
import java.util.function.Function;
import parity.compare.limits.Tolerance;
import parity.compare.scan.Step;
import parity.compare.verdict.Verdict;
import parity.tensors.DType;
import parity.tensors.InPlace;

/**
 * Compares many pairs of tensors at once, on several threads, with limits for want of anything
 * better ({@link Tolerance}). What comes out is the same for any number of threads.
 */
public final class SetComparison {
  private SetComparison() {}

  /**
   * The verdict on each pair, in their order. Tensors of two shapes are not compared; integers and
   * booleans must be equal; of two floating types, the coarser one's limits hold.
   *
   * @param files where the tensors stand, looked at between blocks; before and after, and what a
   *     change led to, is for {@link InPlace#during} around all that is done with them
   * @throws parity.tensors.BadInputException if a file changed
   */
  public static List<Verdict> compare(
      List<Pair> pairs, Function<DType, Tolerance> tolerances, int threads, InPlace files) {
    return Step.finish(
        pairs.stream().map(pair -> first(pair, tolerances)).toList(), threads, files);
  }

  private static Step<Verdict> first(Pair pair, Function<DType, Tolerance> tolerances) {
    if (!pair.haveOneShape()) {
      return new Step.Done<>(pair.shapeDiffers());
    }
    return pair.isFloating()
        ? Judging.floats(pair, tolerances.apply(coarser(pair)))
        : Judging.integers(pair);
  }

  private static DType coarser(Pair pair) {
    return Tolerance.coarser(pair.expected().dtype(), pair.actual().dtype());
  }
}
