package parity.compare.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the first divergence among findings in execution order. Names are paths of modules, {@code
 * decoder.blocks.0.attn}; {@code #k} after the path is the k-th call, {@code .i} before that the
 * i-th of several outputs, {@code :x} the input of that name.
 */
final class Divergence {
  private static final Pattern CALL = Pattern.compile("#\\d+$");
  private static final Pattern OUTPUT = Pattern.compile("\\.\\d+$");
  private static final Pattern INPUT = Pattern.compile(":[^:#]+(?=(#\\d+)?$)");

  private Divergence() {}

  /**
   * The same findings; what is right on its own and comes after something wrong has inherited the
   * error.
   */
  static List<Finding> inherited(List<Finding> findings) {
    List<Finding> known = new ArrayList<>();
    boolean wrongBefore = false;
    for (Finding finding : findings) {
      boolean wrong = finding.status() == Status.FAIL;
      known.add(wrong && wrongBefore && finding.rightAlone() ? finding.asInherited() : finding);
      wrongBefore |= wrong;
    }
    return known;
  }

  /**
   * The first that is wrong on its own; where all that are wrong are right on their own, the first
   * of them. What could not be compared is neither right nor wrong.
   */
  static Optional<FirstDivergence> first(List<Finding> findings) {
    if (findings.stream().noneMatch(finding -> finding.status() == Status.FAIL)) {
      return Optional.empty();
    }
    return firstOf(findings, true)
        .or(() -> firstOf(findings, false))
        .map(at -> divergence(findings, inside(findings, at)));
  }

  private static Optional<Integer> firstOf(List<Finding> findings, boolean alone) {
    return IntStream.range(0, findings.size())
        .filter(at -> findings.get(at).status() == Status.FAIL)
        .filter(at -> !alone || !findings.get(at).rightAlone())
        .boxed()
        .findFirst();
  }

  /** A module whose parts were kept in another call alone: a part that is wrong there. */
  private static int inside(List<Finding> findings, int at) {
    String path = path(findings.get(at).name());
    if (INPUT.matcher(path).find() || !under(path, sameCall(findings, at)).isEmpty()) {
      return at;
    }
    return IntStream.range(at + 1, findings.size())
        .filter(later -> path(findings.get(later).name()).startsWith(path + "."))
        .filter(later -> findings.get(later).wrongAlone())
        .filter(later -> returnsAfter(findings, later, path))
        .findFirst()
        .orElse(at);
  }

  /** Parts return before the module: what comes after it is something else of a longer name. */
  private static boolean returnsAfter(List<Finding> findings, int part, String module) {
    String name = findings.get(part).name();
    String sameCall = module + name.substring(path(name).length());
    return findings.subList(part + 1, findings.size()).stream()
        .anyMatch(finding -> finding.name().equals(sameCall));
  }

  private static FirstDivergence divergence(List<Finding> findings, int at) {
    String name = findings.get(at).name();
    if (INPUT.matcher(name).find()) {
      return new FirstDivergence(callerOf(name, findings), FirstDivergence.Where.GLUE);
    }
    FirstDivergence.Where where =
        isGlue(path(name), sameCall(findings, at))
            ? FirstDivergence.Where.GLUE
            : FirstDivergence.Where.MODULE;
    return new FirstDivergence(name, where);
  }

  /**
   * The module that made the input of another: the one around it, in the same call if it has it.
   */
  private static String callerOf(String input, List<Finding> findings) {
    String module = INPUT.matcher(path(input)).replaceFirst("");
    String member = OUTPUT.matcher(module).replaceFirst("");
    String caller = member.substring(0, Math.max(member.lastIndexOf('.'), 0));
    String call = input.substring(path(input).length());
    boolean called =
        findings.stream()
            .map(Finding::name)
            .anyMatch(name -> name.equals(caller + call) || name.equals(caller + ".0" + call));
    return called ? caller + call : caller;
  }

  /** What returned since the module's call before this one: its children of this call among it. */
  private static List<Finding> sameCall(List<Finding> findings, int at) {
    int from = at;
    while (from > 0 && !path(findings.get(from - 1).name()).equals(path(findings.get(at).name()))) {
      from--;
    }
    return findings.subList(from, at);
  }

  /** Children return before their parent, so they are all among {@code earlier}. */
  private static boolean isGlue(String path, List<Finding> earlier) {
    List<Finding> children = under(path, earlier);
    if (children.isEmpty() && OUTPUT.matcher(path).find()) {
      // The i-th output of a module: the module's children are its own. Siblings are no children.
      String module = OUTPUT.matcher(path).replaceFirst("");
      children =
          under(module, earlier).stream()
              .filter(child -> !Character.isDigit(path(child.name()).charAt(module.length() + 1)))
              .toList();
    }
    return !children.isEmpty() && children.stream().allMatch(child -> child.status().isCompared());
  }

  private static List<Finding> under(String path, List<Finding> findings) {
    return findings.stream()
        .filter(finding -> path(finding.name()).startsWith(path + "."))
        .toList();
  }

  private static String path(String name) {
    return CALL.matcher(name).replaceFirst("");
  }
}
