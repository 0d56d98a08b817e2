package parity.harness.port;

import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Takes what a port has computed, one tensor at a time, so that no more than one need be kept. */
public interface Answers {
  /** Whether something of that name is asked for. */
  boolean wants(String name);

  /**
   * Takes a tensor that was asked for.
   *
   * @return whether it is within tolerance
   */
  boolean tensor(String name, Tensor actual);

  /**
   * As {@link #tensor}, of numbers that were rounded to another type to be stored, and are
   * converted to the expected one.
   *
   * @param type that they were stored in
   */
  boolean stored(String name, Tensor actual, DType type);

  /** Takes a text that was asked for. */
  void text(String name, String actual);

  /** Takes a tensor that was computed from the reference's own inputs. */
  void alone(String name, Tensor actual);

  /** Leaves what was asked for unanswered, on purpose. */
  void skip(String name, String reason);

  /**
   * Says what would let a tensor be compared, for the case that it cannot be as it is given; before
   * that.
   */
  void advise(String name, String words);

  /** Takes note of a tensor that nobody asked for. */
  void unexpected(String name, TensorInfo info);

  /**
   * Takes a tensor with a fault in it that was put in on purpose, and must be seen.
   *
   * @param fault what was done
   */
  void faulty(String fault, String name, Tensor actual);

  /** Takes what a reader should know and what decides nothing. */
  void note(String note);
}
