package parity.compare.verdict;

/**
 * A fault that was put in on purpose, to show that the comparison can see one.
 *
 * @param fault what was done
 * @param seen whether anything was {@link Status#FAIL}
 * @param says where it was seen, or how far the comparison looked
 */
public record Control(String fault, boolean seen, String says) {
  /** One line for a log. */
  public String line() {
    return (seen ? "control seen: " : "CONTROL NOT SEEN: ") + fault + ", " + says;
  }
}
