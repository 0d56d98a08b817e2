package parity.harness.suggest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parity.harness.names.Layout;
import parity.harness.names.Paste;
import parity.tensors.DType;

/** Says in few lines of a names file what many tensors are called on the other side. */
final class Patterns {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** A pattern that stands for fewer is not worth reading. */
  private static final int FEWEST = 3;

  private final List<String> lines = new ArrayList<>();
  private final Set<Match> left;

  private final List<Match> all;
  private final List<Match> plain;
  private final Map<Match, Prefix> saidBy = new LinkedHashMap<>();

  private Patterns(List<Match> matches) {
    this.all = matches;
    this.plain = matches.stream().filter(Match::isPlain).toList();
    this.left = new LinkedHashSet<>(matches);
    plain.forEach(left::remove);
  }

  /** Lines that say all of it, names before patterns. */
  static List<String> lines(List<Match> matches) {
    Patterns patterns = new Patterns(matches);
    List<String> prefixed = patterns.prefixed();
    List<String> numbered = patterns.numbered();
    patterns.left.stream().map(Match::line).forEach(patterns.lines::add);
    patterns.lines.addAll(numbered);
    patterns.lines.addAll(prefixed);
    return patterns.lines;
  }

  private record Form(
      String expected, String actual, Optional<Layout> layout, Optional<DType> dtype) {
    static Form of(Match match) {
      return new Form(
          withoutNumbers(match.expected()),
          withoutNumbers(match.actual()),
          match.layout(),
          match.dtype());
    }

    boolean fits(String name) {
      return withoutNumbers(name).equals(expected);
    }
  }

  private static String withoutNumbers(String name) {
    return NUMBER.matcher(name).replaceAll("0");
  }

  /** Names that differ in their numbers alone, on both sides. */
  private List<String> numbered() {
    Map<Form, List<Match>> forms = new LinkedHashMap<>();
    left.forEach(match -> forms.computeIfAbsent(Form.of(match), _ -> new ArrayList<>()).add(match));
    List<String> found = new ArrayList<>();
    forms.forEach((form, members) -> {
      long named = all.stream().filter(match -> form.fits(match.expected())).count();
      if (members.size() >= FEWEST && named == members.size()) {
        numbered(members)
            .ifPresent(line -> {
              found.add(line);
              members.forEach(left::remove);
            });
      }
    });
    return found;
  }

  private static Optional<String> numbered(List<Match> members) {
    List<List<String>> ours = members.stream().map(match -> numbers(match.expected())).toList();
    List<List<String>> theirs = members.stream().map(match -> numbers(match.actual())).toList();
    Map<Integer, String> names = new TreeMap<>();
    String expected = members.getFirst().expected();
    for (int slot = 0; slot < ours.getFirst().size(); slot++) {
      if (column(ours, slot).stream().distinct().count() > 1) {
        names.put(slot, "{" + (char) ('a' + names.size()) + "}");
      }
    }
    List<String> actual = new ArrayList<>();
    for (int slot = 0; slot < theirs.getFirst().size(); slot++) {
      List<String> values = column(theirs, slot);
      Optional<String> name =
          names.entrySet().stream()
              .filter(ourSlot -> column(ours, ourSlot.getKey()).equals(values))
              .map(Map.Entry::getValue)
              .findFirst();
      if (name.isEmpty() && values.stream().distinct().count() > 1) {
        return Optional.empty();
      }
      actual.add(name.orElse(values.getFirst()));
    }
    List<String> said = new ArrayList<>(ours.getFirst());
    names.forEach(said::set);
    Match first = members.getFirst();
    return Optional.of(
        Paste.pattern(
            withNumbers(expected, said),
            withNumbers(first.actual(), actual),
            first.layout().orElse(Layout.SAME),
            first.dtype()));
  }

  private static List<String> column(List<List<String>> rows, int slot) {
    return rows.stream().map(row -> row.get(slot)).toList();
  }

  private static List<String> numbers(String name) {
    return NUMBER.matcher(name).results().map(found -> found.group()).toList();
  }

  private static String withNumbers(String name, List<String> numbers) {
    Matcher matcher = NUMBER.matcher(name);
    StringBuilder text = new StringBuilder();
    int end = 0;
    int slot = 0;
    while (matcher.find()) {
      text.append(Paste.escaped(name.substring(end, matcher.start())));
      text.append(numbers.get(slot++));
      end = matcher.end();
    }
    return text.append(Paste.escaped(name.substring(end))).toString();
  }

  /** Names that differ in their beginning alone. */
  private List<String> prefixed() {
    List<Prefix> kept = new ArrayList<>();
    for (Optional<Prefix> next = likeliest(kept); next.isPresent(); next = likeliest(kept)) {
      Prefix chosen = next.get();
      kept.add(chosen);
      left.stream().filter(chosen::isOf).forEach(match -> saidBy.put(match, chosen));
      left.removeIf(chosen::isOf);
    }
    // The first pattern that fits holds.
    kept.sort(Comparator.comparingInt((Prefix prefix) -> prefix.expected().length()).reversed());
    return kept.stream().map(Prefix::line).toList();
  }

  /** That of most; of as many that which begins later, and so says less of others. */
  private Optional<Prefix> likeliest(List<Prefix> kept) {
    Map<Prefix, Long> counts =
        left.stream()
            .flatMap(match -> Prefix.of(match).stream())
            .collect(Collectors.groupingBy(prefix -> prefix, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() >= FEWEST)
        .filter(count -> kept.stream().noneMatch(isSaidOf(count.getKey())))
        .filter(count -> plain.stream().noneMatch(count.getKey()::contradicts))
        .filter(count -> spoils(count.getKey()).isEmpty())
        .max(
            Map.Entry.<Prefix, Long>comparingByValue()
                .thenComparingInt(count -> -count.getKey().expected().length())
                .thenComparing(count -> count.getKey().expected()))
        .map(Map.Entry::getKey);
  }

  /** What is said already by a pattern that would come after it. */
  private List<Match> spoils(Prefix prefix) {
    return saidBy.entrySet().stream()
        .filter(said -> said.getValue().expected().length() < prefix.expected().length())
        .map(Map.Entry::getKey)
        .filter(prefix::contradicts)
        .toList();
  }

  private static Predicate<Prefix> isSaidOf(Prefix prefix) {
    return other -> other.expected().equals(prefix.expected());
  }
}
