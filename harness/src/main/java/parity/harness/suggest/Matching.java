package parity.harness.suggest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parity.harness.names.Layout;
import parity.harness.names.Layouts;
import parity.harness.port.dump.Dumps;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Finds expected tensors in a folder by their numbers, whatever they are called there. */
final class Matching {
  /** Relative L2 of what is the same: float16's rounding and an earlier small error are below. */
  private static final double NEAR = 0.02;

  /** What is nearer by this factor is the same, and not another that is alike. */
  private static final double CLEARLY = 0.1;

  private final Dumps dumps;
  private final SortedMap<String, TensorInfo> infos;
  private final Map<Long, List<String>> byElements = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Match> matches = new TreeMap<>();

  private record Near(String actual, Layout layout, double distance) {}

  private Matching(Dumps dumps) {
    this.dumps = dumps;
    this.infos = dumps.infos();
    infos.forEach((name, info) ->
        byElements.computeIfAbsent(info.shape().elements(), _ -> new ArrayList<>()).add(name));
  }

  /**
   * Matches, each tensor of the folder once; those with one choice first.
   *
   * @param expected in execution order
   */
  static List<Match> of(SequencedMap<String, Sample> expected, Dumps dumps) {
    Matching matching = new Matching(dumps);
    Map<String, List<Near>> near = new HashMap<>();
    expected.forEach((name, sample) -> near.put(name, matching.near(sample)));
    matching.take(expected, near, 1);
    matching.take(expected, near, Integer.MAX_VALUE);
    return expected.keySet().stream()
        .flatMap(name -> Optional.ofNullable(matching.matches.get(name)).stream())
        .toList();
  }

  private void take(
      SequencedMap<String, Sample> expected, Map<String, List<Near>> near, int choices) {
    expected.forEach((name, sample) -> {
      List<Near> free =
          near.getOrDefault(name, List.of()).stream()
              .filter(each -> !taken.contains(each.actual))
              .toList();
      if (!matches.containsKey(name) && !free.isEmpty() && free.size() <= choices) {
        take(name, sample, choose(name, free));
      }
    });
  }

  private void take(String name, Sample sample, Near chosen) {
    taken.add(chosen.actual);
    TensorInfo info = TensorInfo.of(dumps.get(chosen.actual));
    Optional<DType> dtype = Optional.of(info.dtype()).filter(type -> type != sample.info().dtype());
    matches.put(
        name, new Match(name, chosen.actual, Optional.of(chosen.layout), dtype, info.shape()));
  }

  /** Of those that are alike the one with the likest name. */
  private static Near choose(String name, List<Near> near) {
    String best = Likeness.likest(name, near.stream().map(Near::actual).toList());
    return near.stream().filter(each -> each.actual.equals(best)).findFirst().orElseThrow();
  }

  /** What is clearly nearer than all others, or all that are as near. */
  private List<Near> near(Sample sample) {
    if (!sample.tells()) {
      return List.of();
    }
    List<Near> found = new ArrayList<>();
    for (String name : byElements.getOrDefault(sample.info().shape().elements(), List.of())) {
      nearest(sample, name).ifPresent(found::add);
    }
    found.sort(Comparator.comparingDouble(Near::distance));
    double least = found.isEmpty() ? 0 : found.getFirst().distance;
    return found.stream().filter(each -> each.distance * CLEARLY <= least).toList();
  }

  private Optional<Near> nearest(Sample sample, String name) {
    TensorInfo info = infos.get(name);
    if (info == null
        || info.dtype().isFloating() != sample.info().dtype().isFloating()
        || info.dtype().isComplex()) {
      return Optional.empty();
    }
    Tensor tensor = dumps.get(name);
    Optional<Near> nearest = Optional.empty();
    for (Layout layout : Layouts.between(info.shape(), sample.info().shape())) {
      double distance = sample.distance(layout.of(tensor));
      if (distance <= NEAR && nearest.filter(other -> other.distance <= distance).isEmpty()) {
        nearest = Optional.of(new Near(name, layout, distance));
      }
    }
    return nearest;
  }

  /** Names of the other side that nothing was matched with, given what was. */
  static List<String> left(List<Match> matches, Dumps dumps) {
    Set<String> left = new TreeSet<>(dumps.infos().keySet());
    matches.forEach(match -> left.remove(match.actual()));
    return List.copyOf(left);
  }
}
