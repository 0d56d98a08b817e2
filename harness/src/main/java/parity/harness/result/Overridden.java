package parity.harness.result;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person set aside: a refusal, an expectation or a setting that the run would have had
 * without that option. An option that changes nothing overrides nothing, and there is none of it.
 *
 * @param option as it was given, {@code --force-model} or {@code SKIP_NATIVE_FLOW=1}
 * @param says what is otherwise because of it; files are named
 */
public record Overridden(String option, String says) {
  /** All of them in one phrase; empty if there are none. */
  public static String phrase(List<Overridden> all) {
    return all.stream().map(Overridden::toString).collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return option + ": " + says;
  }
}
