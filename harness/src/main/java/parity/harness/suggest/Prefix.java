package parity.harness.suggest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.harness.names.Layout;
import parity.harness.names.Paste;
import parity.tensors.DType;

/** Names that end alike on both sides, and begin otherwise. */
record Prefix(String expected, String actual, Optional<Layout> layout, Optional<DType> dtype) {
  private static final String BOUNDARIES = ".:/_";

  /** All that a match can be of: its common end may begin behind a point, a slash, or at once. */
  static List<Prefix> of(Match match) {
    String ours = match.expected();
    String theirs = match.actual();
    List<Prefix> found = new ArrayList<>();
    int most = Math.min(ours.length(), theirs.length());
    for (int end = 1; end <= most && isCommon(ours, theirs, end); end++) {
      if (begins(ours, ours.length() - end) && begins(theirs, theirs.length() - end)) {
        found.add(
            new Prefix(
                ours.substring(0, ours.length() - end),
                theirs.substring(0, theirs.length() - end),
                match.layout(),
                match.dtype()));
      }
    }
    return found;
  }

  private static boolean isCommon(String ours, String theirs, int end) {
    return ours.charAt(ours.length() - end) == theirs.charAt(theirs.length() - end);
  }

  private static boolean begins(String name, int at) {
    return at == 0 || BOUNDARIES.indexOf(name.charAt(at - 1)) >= 0;
  }

  boolean isOf(Match match) {
    return match.expected().startsWith(expected)
        && match.actual().equals(actual + match.expected().substring(expected.length()))
        && match.layout().equals(layout)
        && match.dtype().equals(dtype);
  }

  /** Whether it would say something else of a tensor. */
  boolean contradicts(Match match) {
    return match.expected().startsWith(expected) && !isOf(match);
  }

  /** The line that says it. */
  String line() {
    return Paste.pattern(
        Paste.escaped(expected) + "*",
        Paste.escaped(actual) + "*",
        layout.orElse(Layout.SAME),
        dtype);
  }
}
