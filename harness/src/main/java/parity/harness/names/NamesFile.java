package parity.harness.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/**
 * A port's own names, layouts and types, by the names that are expected. What it does not mention
 * is called the same on both sides.
 */
public final class NamesFile {
  /** Says nothing: all names are the same on both sides. */
  public static final NamesFile NONE =
      new NamesFile(Optional.empty(), new Said(Defaults.NONE, Map.of()));

  private final Optional<Path> path;
  private final Defaults defaults;
  private final Map<String, Rule> exact = new LinkedHashMap<>();
  private final Map<String, Rule> patterns = new LinkedHashMap<>();

  /**
   * What is said of all tensors.
   *
   * @param layout of those whose axes fit it, and of which no other is said
   * @param dtypes which they may have in the place of the expected type
   */
  record Defaults(Layout layout, Set<DType> dtypes) {
    static final Defaults NONE = new Defaults(Layout.SAME, Set.of());
  }

  /**
   * A line.
   *
   * @param actual name of the other side, or its pattern
   * @param pattern where the line is of more tensors than one
   */
  record Rule(
      String actual,
      Optional<Layout> layout,
      Optional<DType> dtype,
      Optional<NamePattern> pattern) {
    Optional<String> of(String expected) {
      return pattern.map(both -> both.actual(expected)).orElse(Optional.of(actual));
    }
  }

  /** What a file says, by the names and patterns that are expected. */
  record Said(Defaults defaults, Map<String, Rule> rules) {}

  private NamesFile(Optional<Path> path, Said said) {
    this.path = path;
    this.defaults = said.defaults();
    said.rules()
        .forEach((name, rule) -> (rule.pattern().isEmpty() ? exact : patterns).put(name, rule));
    Map<String, String> taken = new TreeMap<>();
    exact.forEach((expected, rule) -> requireFree(taken, rule.actual(), expected));
  }

  private void requireFree(Map<String, String> taken, String actual, String expected) {
    String other = taken.put(actual, expected);
    if (other != null) {
      throw bad(
          "%s and %s are both said to be %s"
              .formatted(Text.quote(other), Text.quote(expected), Text.quote(actual)));
    }
  }

  /**
   * Reads a names file.
   *
   * @throws BadInputException if it cannot be read, is not of the form that
   *     docs/reference/names-file.md gives, names nothing, or gives two tensors the same one of the
   *     other side
   */
  public static NamesFile read(Path path) {
    return new NamesFile(Optional.of(path), NamesYaml.read(path));
  }

  /** Says of one tensor what it is called on the other side. */
  public static NamesFile ofOne(String expected, String actual) {
    Rule rule = new Rule(actual, Optional.empty(), Optional.empty(), Optional.empty());
    return new NamesFile(Optional.empty(), new Said(Defaults.NONE, Map.of(expected, rule)));
  }

  /** The file, if it is one. */
  public Optional<Path> file() {
    return path;
  }

  /** Types that it says of tensors, by what it calls them, in the file's order. */
  public Map<String, DType> types() {
    Map<String, DType> types = new LinkedHashMap<>();
    new TreeSet<>(defaults.dtypes()).forEach(dtype -> types.put("default " + dtype, dtype));
    for (Map<String, Rule> rules : List.of(exact, patterns)) {
      rules.forEach((name, rule) -> rule.dtype().ifPresent(dtype -> types.put(name, dtype)));
    }
    return types;
  }

  /**
   * Which tensor of the other side is which expected one. A name beats a pattern, and of patterns
   * the first that fits holds.
   *
   * @param expected names of all tensors that may be expected
   * @param here those of them that are expected of this other side
   * @param actual tensors of the other side, by name
   * @param sides what both are, for messages
   * @throws BadInputException if the file says of two tensors that they are one
   */
  public Names between(
      Collection<String> expected,
      Collection<String> here,
      Map<String, TensorInfo> actual,
      Sides sides) {
    Set<String> known = new HashSet<>(expected);
    Map<String, Rule> applied = new LinkedHashMap<>();
    Map<String, String> taken = new TreeMap<>();
    Map<String, NamedTensor> found = new TreeMap<>();
    for (String name : known) {
      rule(name).ifPresent(rule -> applied.put(name, rule));
    }
    applied.forEach((name, rule) -> {
      String there = rule.of(name).orElseThrow();
      if (actual.containsKey(there)) {
        requireFree(taken, there, name);
        found.put(name, named(there, rule, actual.get(there)));
      }
    });
    for (String name : known) {
      TensorInfo info = actual.get(name);
      if (!applied.containsKey(name) && info != null && !taken.containsKey(name)) {
        found.put(name, plain(name, info));
      }
    }
    return new Names(this, found, stale(known, new HashSet<>(here), found, actual, sides));
  }

  /** What both sides are called in messages. */
  public record Sides(String expected, String actual) {}

  private Optional<Rule> rule(String expected) {
    Rule one = exact.get(expected);
    return one != null
        ? Optional.of(one)
        : patterns.values().stream().filter(rule -> rule.of(expected).isPresent()).findFirst();
  }

  private NamedTensor named(String actual, Rule rule, TensorInfo info) {
    Layout layout = rule.layout().orElseGet(() -> layoutOf(info));
    return new NamedTensor(actual, layout, rule.dtype(), defaults.dtypes());
  }

  private NamedTensor plain(String name, TensorInfo info) {
    return new NamedTensor(name, layoutOf(info), Optional.empty(), defaults.dtypes());
  }

  private Layout layoutOf(TensorInfo info) {
    return defaults.layout().fits(info.shape()) ? defaults.layout() : Layout.SAME;
  }

  private List<Names.Stale> stale(
      Set<String> known,
      Set<String> here,
      Map<String, NamedTensor> found,
      Map<String, TensorInfo> actual,
      Sides sides) {
    List<Names.Stale> stale = new ArrayList<>();
    exact.forEach((name, rule) -> {
      if (!known.contains(name)) {
        stale.add(isNoTensor(name, name, sides.expected(), known));
      } else if (here.contains(name) && !found.containsKey(name)) {
        stale.add(isNoTensor(name, rule.actual(), sides.actual(), actual.keySet()));
      }
    });
    Function<Rule, List<String>> matched =
        rule -> known.stream().filter(name -> rule.of(name).isPresent()).toList();
    patterns.forEach((name, rule) -> {
      List<String> of = matched.apply(rule);
      List<String> wanted = of.stream().filter(here::contains).toList();
      if (of.isEmpty()) {
        stale.add(says(name, "fits no tensor of " + sides.expected()));
      } else if (!wanted.isEmpty() && wanted.stream().noneMatch(found::containsKey)) {
        String first = wanted.getFirst();
        stale.add(
            says(
                name,
                "%s would be %s, which is no tensor of %s, and so it is with all that it fits"
                    .formatted(
                        Text.quote(first),
                        Text.quote(rule.of(first).orElseThrow()),
                        sides.actual())));
      }
    });
    return stale;
  }

  private Names.Stale isNoTensor(String line, String name, String side, Collection<String> names) {
    return says(line, Text.quote(name) + " is no tensor of " + side + NearNames.hint(name, names));
  }

  private Names.Stale says(String line, String what) {
    String about = path.map(file -> "--names " + file + ": ").orElse("");
    String whole = what.startsWith(Text.quote(line)) ? what : Text.quote(line) + ": " + what;
    return new Names.Stale(line, about + whole);
  }

  BadInputException bad(String message) {
    return new BadInputException(path.map(file -> "--names " + file + ": ").orElse("") + message);
  }
}
