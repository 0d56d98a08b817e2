package parity.harness.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a capture exercises of what upstream can do: a verdict says nothing of the rest.
 *
 * @param counts of the stages that were compared, in their order
 * @param required names of those that have to happen; in a run that requires none, none
 */
public record Exercised(List<Count> counts, List<String> required) {
  /** Of a run that counts nothing. */
  public static final Exercised NOTHING = new Exercised(List.of());

  /** So many are named in a line. */
  private static final int NAMED = 4;

  /**
   * How often upstream did something.
   *
   * @param stage whose verdict says nothing of it where it did not happen
   * @param regime what it did
   * @param times how often; empty where the capture does not tell
   * @param upstream where upstream does it: file and line below {@code cosyvoice/}
   * @param shownBy tensors or metadata of a capture that tell
   * @param howTo how to get a capture in which it happens
   */
  public record Count(
      StageName stage,
      String regime,
      OptionalLong times,
      String upstream,
      String shownBy,
      String howTo) {
    /** Whether it happened. */
    public boolean exercised() {
      return times.orElse(0) > 0;
    }

    /** How often, in a word. */
    public String word() {
      return times.isEmpty() ? "not told" : times.getAsLong() == 0 ? "no" : "" + times.getAsLong();
    }

    private Count plus(Count other) {
      return new Count(
          stage,
          regime,
          times.isEmpty() && other.times.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(times.orElse(0) + other.times.orElse(0)),
          upstream,
          shownBy,
          howTo);
    }
  }

  public Exercised {
    counts = List.copyOf(counts);
    required = List.copyOf(required);
  }

  /** Nothing is required. */
  public Exercised(List<Count> counts) {
    this(counts, List.of());
  }

  /** The same, with some that have to happen. */
  public Exercised requiring(List<String> names) {
    return new Exercised(counts, names);
  }

  /** Those that are required and did not happen, or belong to no stage that was compared. */
  public List<String> lacking() {
    List<String> happened = happened();
    return required.stream().filter(name -> !happened.contains(name)).toList();
  }

  /** What two captures exercise together. */
  public Exercised plus(Exercised other) {
    Map<String, Count> sum = new LinkedHashMap<>();
    counts.forEach(count -> sum.put(count.regime, count));
    other.counts.forEach(count -> sum.merge(count.regime, count, Count::plus));
    return new Exercised(new ArrayList<>(sum.values()), required);
  }

  /** Of some stages alone. */
  public Exercised of(Collection<StageName> stages) {
    return new Exercised(
        counts.stream().filter(count -> stages.contains(count.stage)).toList(), required);
  }

  /** Names of those that happened. */
  public List<String> happened() {
    return counts.stream().filter(Count::exercised).map(Count::regime).toList();
  }

  /** Those that did not happen, or of which the capture does not tell. */
  public List<Count> absent() {
    return counts.stream().filter(count -> !count.exercised()).toList();
  }

  /** The names of {@link #absent}. */
  public List<String> missing() {
    return absent().stream().map(Count::regime).toList();
  }

  /**
   * A line for each; what did not happen says how to get it.
   *
   * @param counted whether anything was counted; otherwise the lines say where upstream does it
   */
  public List<String> lines(boolean counted) {
    List<String> lines = new ArrayList<>();
    for (Count count : counts) {
      String how = count.exercised() ? "" : "  to get it: " + count.howTo;
      String said = counted ? count.word() : count.upstream;
      lines.add(
          "%-8s  %-40s  %s%s".formatted(count.stage, count.regime, said, how).stripTrailing());
    }
    if (counted && !counts.isEmpty()) {
      lines.add(line());
    }
    return lines;
  }

  /** All of it in a line: {@code exercised 31 of 44 regimes; not: ...}. */
  public String line() {
    List<String> missing = missing();
    String all =
        "exercised %d of %d regimes".formatted(counts.size() - missing.size(), counts.size());
    if (missing.isEmpty()) {
      return all;
    }
    int more = missing.size() - NAMED;
    return "%s; not: %s%s"
        .formatted(
            all,
            String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))),
            more > 0 ? ", and " + more + " more" : "");
  }
}
