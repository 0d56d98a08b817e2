package parity.harness.suite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fewest sets that have together what all have. The search is exact as far as {@link #MOST}
 * steps go; beyond them it is what always taking the set with most that is new gives.
 */
final class Cover {
  private static final int MOST = 1_000_000;

  private final List<Set<String>> sets;
  private List<Integer> found = List.of();
  private int steps;

  private Cover(List<Set<String>> sets) {
    this.sets = sets;
  }

  /** Indices into {@code sets}, ascending; of two covers of a size the one that was found first. */
  static List<Integer> of(List<Set<String>> sets) {
    Set<String> all = new HashSet<>();
    sets.forEach(all::addAll);
    List<Integer> best = greedy(sets, all);
    Cover search = new Cover(sets);
    while (!best.isEmpty() && search.fewer(all, new ArrayDeque<>(), best.size() - 1)) {
      best = search.found;
    }
    return best.stream().sorted().toList();
  }

  private static List<Integer> greedy(List<Set<String>> sets, Set<String> all) {
    Set<String> open = new HashSet<>(all);
    List<Integer> taken = new ArrayList<>();
    while (!open.isEmpty()) {
      int best = 0;
      for (int i = 1; i < sets.size(); i++) {
        if (common(sets.get(i), open) > common(sets.get(best), open)) {
          best = i;
        }
      }
      taken.add(best);
      open.removeAll(sets.get(best));
    }
    return taken;
  }

  private static long common(Set<String> set, Set<String> open) {
    return open.stream().filter(set::contains).count();
  }

  /** Whether so many more sets can have what is open: by each that has what fewest have. */
  private boolean fewer(Set<String> open, Deque<Integer> taken, int room) {
    if (open.isEmpty()) {
      found = List.copyOf(taken);
      return true;
    }
    if (room <= 0 || ++steps > MOST) {
      return false;
    }
    String rarest =
        open.stream().min(Comparator.comparingInt(this::holders).thenComparing(name -> name)).get();
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i).contains(rarest)) {
        Set<String> rest = new HashSet<>(open);
        rest.removeAll(sets.get(i));
        taken.addLast(i);
        if (fewer(rest, taken, room - 1)) {
          return true;
        }
        taken.removeLast();
      }
    }
    return false;
  }

  private int holders(String name) {
    return (int) sets.stream().filter(set -> set.contains(name)).count();
  }
}
