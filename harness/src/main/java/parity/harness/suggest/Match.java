package parity.harness.suggest;

import java.util.Optional;
import parity.harness.names.Layout;
import parity.harness.names.Paste;
import parity.tensors.DType;
import parity.tensors.Shape;

/**
 * An expected tensor, found on the other side.
 *
 * @param actual its name there
 * @param layout how its axes become the expected ones; empty where that is said of all
 * @param dtype its type there, where that is another and not said of all
 * @param shape its axes there
 */
record Match(
    String expected, String actual, Optional<Layout> layout, Optional<DType> dtype, Shape shape) {
  /** Whether a names file need say nothing of it. */
  boolean isPlain() {
    return expected.equals(actual) && layout.isEmpty() && dtype.isEmpty();
  }

  /** What is to be said beside what is said of all. */
  Match beside(Layout usual, Optional<DType> type) {
    Layout own = layout.orElse(Layout.SAME);
    Layout applied = usual.fits(shape) ? usual : Layout.SAME;
    return new Match(
        expected,
        actual,
        own.equals(applied) ? Optional.empty() : Optional.of(own.isSame() ? inOrder() : own),
        dtype.equals(type) ? Optional.empty() : dtype,
        shape);
  }

  /** The same axes, said. */
  private Layout inOrder() {
    return Layout.inOrder(shape.rank());
  }

  /** The line that says it. */
  String line() {
    return Paste.line(expected, actual, layout.orElse(Layout.SAME), dtype);
  }
}
