package parity.cosyvoice.text;

import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/**
 * The tokens of a word while they are joined. Of all pairs that stand side by side the one of the
 * lowest rank is joined first, of equal ones the leftmost, in a time that grows with the word's
 * length and its logarithm.
 */
final class Word {
  private static final int NONE = -1;

  private final int[] ids;
  private final int[] before;
  private final int[] after;
  private final Map<Long, Joined> pairs;
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(
          Comparator.comparingInt((Candidate candidate) -> candidate.joined.rank)
              .thenComparingInt(Candidate::at));

  /**
   * What becomes of a pair.
   *
   * @param rank the place of the pair among all
   * @param id of the token that it is joined to
   */
  record Joined(int rank, int id) {}

  /** A pair whose left token stands at a place. */
  private record Candidate(Joined joined, int at) {}

  /**
   * A word that is not joined yet.
   *
   * @param ids of its bytes; they are overwritten
   * @param pairs what is joined, by {@link #pair}
   */
  Word(int[] ids, Map<Long, Joined> pairs) {
    this.ids = ids;
    this.pairs = pairs;
    this.before = new int[ids.length];
    this.after = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      before[i] = i - 1;
      after[i] = i + 1 < ids.length ? i + 1 : NONE;
    }
  }

  /** Two ids as one key. */
  static long pair(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  /** Joins what can be joined, and hands out the ids that are left. */
  void joined(IntConsumer out) {
    for (int at = 0; at < ids.length; at++) {
      offer(at);
    }
    while (!candidates.isEmpty()) {
      Candidate candidate = candidates.remove();
      if (stillThere(candidate)) {
        join(candidate);
      }
    }
    for (int at = 0; at != NONE; at = after[at]) {
      out.accept(ids[at]);
    }
  }

  private void offer(int at) {
    if (at != NONE && after[at] != NONE) {
      Joined joined = pairs.get(pair(ids[at], ids[after[at]]));
      if (joined != null) {
        candidates.add(new Candidate(joined, at));
      }
    }
  }

  /** Another pair may stand there by now; one that is joined to the same token will do. */
  private boolean stillThere(Candidate candidate) {
    int at = candidate.at;
    if (ids[at] == NONE || after[at] == NONE) {
      return false;
    }
    Joined joined = pairs.get(pair(ids[at], ids[after[at]]));
    return joined != null && joined.id == candidate.joined.id;
  }

  private void join(Candidate candidate) {
    int at = candidate.at;
    int right = after[at];
    ids[at] = candidate.joined.id;
    ids[right] = NONE;
    after[at] = after[right];
    if (after[at] != NONE) {
      before[after[at]] = at;
    }
    offer(before[at]);
    offer(at);
  }
}
