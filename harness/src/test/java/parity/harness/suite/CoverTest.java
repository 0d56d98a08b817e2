package parity.harness.suite;

import static com.google.common.truth.Truth.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CoverTest {
  @Test
  void of_nothing_isNothing() {
    assertThat(Cover.of(List.of())).isEmpty();
    assertThat(Cover.of(List.of(Set.of()))).isEmpty();
  }

  /** Whoever always takes the set with most that is new needs three. */
  @Test
  void of_setsThatMisleadTheGreedy_areTheFewest() {
    assertThat(
            Cover.of(
                List.of(Set.of("a", "b", "c", "d"), Set.of("a", "b", "e"), Set.of("c", "d", "f"))))
        .containsExactly(1, 2)
        .inOrder();
  }

  @Property
  void of_anySets_haveAllTogetherAndNoFewerDo(
      @ForAll @Size(max = 7) List<@Size(max = 5) Set<@IntRange(max = 6) Integer>> drawn) {
    List<Set<String>> sets = drawn.stream().map(CoverTest::names).toList();
    List<Integer> cover = Cover.of(sets);
    assertThat(union(sets, cover))
        .isEqualTo(union(sets, IntStream.range(0, sets.size()).boxed().toList()));
    int fewest =
        IntStream.range(0, 1 << sets.size())
            .mapToObj(bits ->
                IntStream.range(0, sets.size()).filter(i -> (bits >> i & 1) == 1).boxed().toList())
            .filter(some -> union(sets, some).equals(union(sets, cover)))
            .mapToInt(List::size)
            .min()
            .orElseThrow();
    assertThat(cover).hasSize(fewest);
  }

  private static Set<String> names(Set<Integer> numbers) {
    Set<String> names = new HashSet<>();
    numbers.forEach(number -> names.add("" + number));
    return names;
  }

  private static Set<String> union(List<Set<String>> sets, List<Integer> some) {
    Set<String> all = new HashSet<>();
    some.forEach(index -> all.addAll(sets.get(index)));
    return all;
  }
}
