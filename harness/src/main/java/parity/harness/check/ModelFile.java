package parity.harness.check;

import java.util.List;
import java.util.Optional;

/**
 * What was found of one file of a model folder.
 *
 * @param name path below the folder, with slashes
 * @param link what it points to, where it is a link
 * @param bytes its size; nothing where it is not there or cannot be read
 * @param sha256 of its bytes
 * @param weights what is in it, where it is a checkpoint
 * @param ofCapture whether it is the file that the capture was made from, where that is asked and
 *     the capture says it
 * @param says what it is, in a phrase
 * @param problems why it cannot be used, with what to do; empty where it can
 */
public record ModelFile(
    String name,
    Need need,
    Optional<String> link,
    Optional<Long> bytes,
    Optional<String> sha256,
    Optional<WeightsFound> weights,
    Optional<Boolean> ofCapture,
    String says,
    List<String> problems) {
  public ModelFile {
    problems = List.copyOf(problems);
  }

  /** Whether it is there. */
  public boolean exists() {
    return bytes.isPresent();
  }

  /** Whether nothing is wrong with it; an optional file may be absent. */
  public boolean isFine() {
    return problems.isEmpty();
  }
}
