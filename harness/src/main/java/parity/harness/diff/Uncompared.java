package parity.harness.diff;

import java.util.List;
import java.util.stream.Stream;

/**
 * What both files have besides tensors, and what is no verdict.
 *
 * @param equal names of what is the same on both sides, byte for byte, and of a kind that is not
 *     compared: it proves nothing
 * @param notes what one file holds and the other's format cannot, and what the names file says of
 *     nothing; a line each
 */
public record Uncompared(List<String> equal, List<String> notes) {
  public Uncompared {
    equal = List.copyOf(equal);
    notes = List.copyOf(notes);
  }

  /** With more notes behind the others. */
  Uncompared with(List<String> more) {
    return new Uncompared(equal, Stream.concat(notes.stream(), more.stream()).toList());
  }
}
