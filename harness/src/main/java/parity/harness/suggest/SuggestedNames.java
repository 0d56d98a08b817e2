package parity.harness.suggest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.names.Layout;
import parity.harness.plan.Expectation;
import parity.harness.plan.Reference;
import parity.harness.plan.StagePlan;
import parity.harness.port.dump.Dumps;
import parity.harness.result.StageName;
import parity.harness.stage.CapturedPlans;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.Text;

/**
 * A names file for a port's tensors, guessed from their numbers.
 *
 * @param lines of the file, with remarks
 * @param found how many expected tensors were found
 * @param expected how many there are
 */
public record SuggestedNames(List<String> lines, int found, int expected) {
  /** So many tensors are named that were not found. */
  private static final int NAMED = 20;

  public SuggestedNames {
    lines = List.copyOf(lines);
  }

  /**
   * Looks for all tensors of a capture in a folder.
   *
   * @param model folder of the model, of which only the configuration is read
   * @param capture folder
   * @param dumps folder of what the port computed
   * @throws parity.tensors.BadInputException if one of them cannot be read
   */
  public static SuggestedNames of(Path model, Path capture, Set<StageName> stages, Path dumps) {
    CapturedPlans plans =
        new CapturedPlans(
            model,
            capture.resolve(Capture.FRONTEND),
            capture.resolve(Capture.FULL),
            Settings.Overrides.NONE,
            stages);
    return of(plans, dumps);
  }

  private static SuggestedNames of(CapturedPlans plans, Path folder) {
    SequencedMap<String, Sample> samples = new LinkedHashMap<>();
    List<String> without = new ArrayList<>();
    plans.each(
        new CapturedPlans.Taker() {
          @Override
          public void plan(StageName stage, StagePlan plan) {
            plan.expectations().forEach(expected -> sample(expected, samples));
          }

          @Override
          public void nothing(StageName stage, String why) {
            without.add("%s: %s".formatted(stage, why));
          }
        });
    try (Dumps dumps = Dumps.open(folder)) {
      List<Match> matches = Matching.of(samples, dumps);
      List<String> lines = lines(samples, matches, dumps);
      without.forEach(why -> lines.add("# " + Text.visible(why)));
      return new SuggestedNames(lines, matches.size(), samples.size());
    }
  }

  private static void sample(Expectation expected, SequencedMap<String, Sample> samples) {
    if (expected.isAskedOfCandidates()
        && expected.reference() instanceof Reference.Numbers(Tensor tensor, var _)) {
      samples.putIfAbsent(expected.name(), Sample.of(tensor));
    }
  }

  private static List<String> lines(
      SequencedMap<String, Sample> samples, List<Match> matches, Dumps dumps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# %d of %d expected tensors found by their numbers among %d in %s"
            .formatted(matches.size(), samples.size(), dumps.infos().size(), dumps.folder()));
    Optional<DType> type = usual(matches.stream().flatMap(match -> match.dtype().stream()));
    Layout layout =
        usual(matches.stream().flatMap(match -> match.layout().stream()).filter(l -> !l.isSame()))
            .filter(usual -> isOfMost(usual, matches))
            .orElse(Layout.SAME);
    List<String> fields = new ArrayList<>(layout.fields());
    type.ifPresent(usual -> fields.add("dtype: " + usual));
    if (!fields.isEmpty()) {
      lines.add("default: {" + String.join(", ", fields) + "}");
    }
    lines.addAll(
        Patterns.lines(matches.stream().map(match -> match.beside(layout, type)).toList()));
    List<String> missing = new ArrayList<>(samples.keySet());
    matches.forEach(match -> missing.remove(match.expected()));
    remark(lines, "not found: ", missing);
    remark(lines, "of the candidate, like nothing expected: ", Matching.left(matches, dumps));
    return lines;
  }

  /** What most have; nothing where few have any. */
  private static <T> Optional<T> usual(Stream<T> of) {
    return of
        .collect(Collectors.groupingBy(each -> each, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(count -> count.getValue() > 2)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /** Whether most of those whose axes it fits have that layout. */
  private static boolean isOfMost(Layout layout, List<Match> matches) {
    List<Match> fitting = matches.stream().filter(match -> layout.fits(match.shape())).toList();
    long of = fitting.stream().filter(match -> match.layout().equals(Optional.of(layout))).count();
    return 2 * of > fitting.size();
  }

  private static void remark(List<String> lines, String what, List<String> names) {
    names.stream().limit(NAMED).forEach(name -> lines.add("# " + what + Text.visible(name)));
    if (names.size() > NAMED) {
      lines.add("# %s%d more".formatted(what, names.size() - NAMED));
    }
  }
}
