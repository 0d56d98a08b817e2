package parity.harness.report.html;

/**
 * What stands beside a picture: two axes, each with its name and what its ends are.
 *
 * @param down the axis at the left
 * @param right the axis below
 */
public record Axes(Axis down, Axis right) {
  /**
   * One axis.
   *
   * @param first at the top or at the left
   * @param last at the bottom or at the right
   */
  public record Axis(String name, String first, String last) {}
}
