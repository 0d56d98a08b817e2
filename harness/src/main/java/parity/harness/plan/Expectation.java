package parity.harness.plan;

import parity.harness.limits.Yardstick;
import parity.tensors.Tensor;

/**
 * One tensor or text that a capture expects of a stage.
 *
 * @param name as reports have it
 * @param controlled whether, when it is right, the same with one frame repeated must be seen to be
 *     wrong
 */
public record Expectation(
    String name, Role role, Reference reference, Kind kind, boolean controlled) {
  /** A tensor like others. */
  public static Expectation of(String name, Role role, Tensor tensor, Yardstick by) {
    return new Expectation(name, role, new Reference.Numbers(tensor, by), Kind.NUMBERS, false);
  }

  /** The same, which people are told of in its own way. */
  public Expectation as(Kind other) {
    return new Expectation(name, role, reference, other, controlled);
  }

  /** The same, with a control. */
  public Expectation withControl() {
    return new Expectation(name, role, reference, kind, true);
  }

  /**
   * Whether another port than our own is asked for it: for what modules return and stages come to.
   * It tells no texts, and cannot run anything again.
   */
  public boolean isAskedOfCandidates() {
    return !(reference instanceof Reference.Words) && (role == Role.MODULE || role == Role.OUTPUT);
  }

  /** What the tensor of a chunk is called is numbered; that of an utterance is not. */
  public boolean isOfAChunk() {
    return name.indexOf('#') >= 0;
  }
}
