package parity.harness.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.compare.SetComparison;
import parity.compare.TensorView;
import parity.compare.Verdict;
import parity.harness.names.NamedTensor;
import parity.harness.names.NamesFile;
import parity.harness.names.NearNames;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorFiles;
import parity.tensors.TensorInfo;

/** Compares two files of tensors, name by name. */
public final class FileDiff {
  /** So many missing names get a hint which other one is near; it takes a look at all others. */
  private static final int HINTS = 100;

  private final TensorFile expected;
  private final TensorFile actual;
  private final NamesFile names;

  private FileDiff(TensorFile expected, TensorFile actual, NamesFile names) {
    this.expected = expected;
    this.actual = actual;
    this.names = names;
  }

  /**
   * Compares two files.
   *
   * @param names what the second calls otherwise
   * @param threads that compare; the result is the same for any number
   * @throws parity.tensors.BadInput if a file cannot be read, or the names are not theirs
   */
  public static DiffResult of(
      Path expected, Path actual, NamesFile names, GivenLimits limits, int threads) {
    try (TensorFile one = TensorFiles.open(expected);
        TensorFile other = TensorFiles.open(actual)) {
      return new FileDiff(one, other, names).compare(limits, threads);
    }
  }

  private DiffResult compare(GivenLimits limits, int threads) {
    names.requireExpected(expected.names(), expected.path().toString());
    names.requireActual(actual.names(), actual.path().toString());
    SortedMap<String, Verdict> verdicts = new TreeMap<>();
    List<SetComparison.Pair> pairs = new ArrayList<>();
    Map<String, TensorInfo> missing = new TreeMap<>();
    Map<String, TensorInfo> unexpected = unexpected();
    for (String name : expected.names()) {
      NamedTensor named = names.of(name);
      if (!actual.contains(named.actual())
          || !names.expectedName(named.actual()).equals(Optional.of(name))) {
        missing.put(name, expected.info(name));
        continue;
      }
      TensorInfo found = actual.info(named.actual());
      names.requireFit(name, found);
      if (fits(expected.info(name), found, named)) {
        pairs.add(pair(name, named));
      } else {
        verdicts.put(name, new Verdict.DtypeDiffers(name, expected.info(name), found));
      }
    }
    for (Verdict verdict : SetComparison.compare(pairs, limits::of, threads)) {
      verdicts.put(verdict.name(), verdict);
    }
    addMissing(verdicts, missing, unexpected);
    List<Verdict> all = new ArrayList<>(verdicts.values());
    unexpected.forEach(
        (name, info) -> all.add(new Verdict.Unexpected(name, info, Optional.empty())));
    return DiffResult.of(all, limits.reason());
  }

  /** Another type must be said, and no number ever becomes an integer or the other way round. */
  private static boolean fits(TensorInfo wanted, TensorInfo found, NamedTensor named) {
    return wanted.dtype() == found.dtype()
        || (named.dtype().isPresent() && wanted.dtype().isFloating() == found.dtype().isFloating());
  }

  private SetComparison.Pair pair(String name, NamedTensor named) {
    Tensor tensor = actual.get(named.actual());
    int[] axes = named.axes().stream().mapToInt(Integer::intValue).toArray();
    TensorView view = axes.length == 0 ? TensorView.of(tensor) : TensorView.of(tensor, axes);
    return new SetComparison.Pair(name, TensorView.of(expected.get(name)), view);
  }

  /** What the second file has and the first has not, by its own names. */
  private Map<String, TensorInfo> unexpected() {
    Map<String, TensorInfo> unexpected = new TreeMap<>();
    for (String name : actual.names()) {
      if (names.expectedName(name).filter(expected::contains).isEmpty()) {
        unexpected.put(name, actual.info(name));
      }
    }
    return unexpected;
  }

  private static void addMissing(
      Map<String, Verdict> verdicts,
      Map<String, TensorInfo> missing,
      Map<String, TensorInfo> unexpected) {
    int hints = 0;
    for (Map.Entry<String, TensorInfo> one : missing.entrySet()) {
      Optional<String> near =
          hints++ < HINTS ? NearNames.nearest(one.getKey(), unexpected.keySet()) : Optional.empty();
      verdicts.put(one.getKey(), new Verdict.Missing(one.getKey(), one.getValue(), near));
    }
  }
}
