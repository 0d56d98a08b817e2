package parity.compare;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the first divergence among verdicts in execution order. Names are paths of modules, {@code
 * decoder.blocks.0.attn}; {@code #k} after the path is the k-th call, {@code .i} before that the
 * i-th of several outputs.
 */
final class Divergence {
  private static final Pattern CALL = Pattern.compile("#\\d+$");
  private static final Pattern OUTPUT = Pattern.compile("\\.\\d+$");

  private Divergence() {}

  static Optional<FirstDivergence> first(List<Verdict> verdicts) {
    for (int at = 0; at < verdicts.size(); at++) {
      Verdict verdict = verdicts.get(at);
      if (verdict.standing() == Standing.RED) {
        FirstDivergence.Where where =
            isGlue(path(verdict), sameCall(verdicts, at))
                ? FirstDivergence.Where.GLUE
                : FirstDivergence.Where.MODULE;
        return Optional.of(new FirstDivergence(verdict.name(), where));
      }
    }
    return Optional.empty();
  }

  /** What returned since the module's call before this one: its children of this call among it. */
  private static List<Verdict> sameCall(List<Verdict> verdicts, int at) {
    int from = at;
    while (from > 0 && !path(verdicts.get(from - 1)).equals(path(verdicts.get(at)))) {
      from--;
    }
    return verdicts.subList(from, at);
  }

  /** Children return before their parent, so they are all among {@code earlier}. */
  private static boolean isGlue(String path, List<Verdict> earlier) {
    List<Verdict> children = under(path, earlier);
    if (children.isEmpty() && OUTPUT.matcher(path).find()) {
      // The i-th output of a module: the module's children are its own. Siblings are no children.
      String module = OUTPUT.matcher(path).replaceFirst("");
      children =
          under(module, earlier).stream()
              .filter(child -> !Character.isDigit(path(child).charAt(module.length() + 1)))
              .toList();
    }
    return !children.isEmpty()
        && children.stream().allMatch(child -> child.standing() != Standing.OPEN);
  }

  private static List<Verdict> under(String path, List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> path(verdict).startsWith(path + ".")).toList();
  }

  private static String path(Verdict verdict) {
    return CALL.matcher(verdict.name()).replaceFirst("");
  }
}
