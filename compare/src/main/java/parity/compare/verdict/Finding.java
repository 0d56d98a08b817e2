package parity.compare.verdict;

import java.util.Optional;

/**
 * All that a run found out about one tensor.
 *
 * @param name the tensor's name, as in the reference
 * @param cumulative the verdict where the candidate computed it from its own earlier results; empty
 *     for what is only looked at alone, as a module's input is
 * @param isolated the verdict where the candidate computed it from the reference's own inputs;
 *     empty where that was not done
 * @param inherited whether it is wrong only because something before it is
 */
public record Finding(
    String name, Optional<Verdict> cumulative, Optional<Verdict> isolated, boolean inherited) {
  /** What is not known to be inherited. */
  public Finding(String name, Optional<Verdict> cumulative, Optional<Verdict> isolated) {
    this(name, cumulative, isolated, false);
  }

  /** What the tensor means for its stage: the graver of both verdicts, inherited errors apart. */
  public Status status() {
    return inherited ? Status.INHERITED : telling().status();
  }

  /** The verdict to show where there is room for one: that on the tensor alone if it is graver. */
  public Verdict telling() {
    return aloneTells() ? isolated.orElseThrow() : cumulative.orElseThrow();
  }

  private boolean aloneTells() {
    boolean notComparedAlone =
        isolated.filter(verdict -> !verdict.status().isCompared()).isPresent();
    boolean wrong = cumulative.filter(verdict -> verdict.status() == Status.FAIL).isPresent();
    return wrongAlone() || cumulative.isEmpty() || (notComparedAlone && !wrong);
  }

  /** Whether it is wrong whatever was wrong before it. */
  boolean wrongAlone() {
    return isolated.filter(verdict -> verdict.status() == Status.FAIL).isPresent();
  }

  /** Whether it is right when it is given the reference's own inputs. */
  boolean rightAlone() {
    return isolated.filter(verdict -> verdict.status().isWithinLimits()).isPresent();
  }

  Finding asInherited() {
    return new Finding(name, cumulative, isolated, true);
  }

  /** One line for a log. */
  public String line() {
    return status() + " " + name() + ": " + says();
  }

  /** What happened, without the name. */
  public String says() {
    if (inherited) {
      return "right on the reference's own inputs, wrong on what came before it: "
          + telling().says();
    }
    return aloneTells() && cumulative.isPresent()
        ? "on the reference's own inputs: " + telling().says()
        : telling().says();
  }
}
