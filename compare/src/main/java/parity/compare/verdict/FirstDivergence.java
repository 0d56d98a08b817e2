package parity.compare.verdict;

import java.util.Locale;

/**
 * The first tensor in execution order that is wrong; what is wrong after it may only have inherited
 * the error.
 *
 * @param module the tensor's or module's name, as in the reference
 */
public record FirstDivergence(String module, Where where) {
  /** What is at fault. */
  public enum Where {
    /** The module itself: it has no parts, or not all of them were compared and right. */
    MODULE,
    /** What joins the module's parts, which were all compared and are right. */
    GLUE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
