package parity.harness.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.compare.Pair;
import parity.compare.SetComparison;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.harness.names.NamedTensor;
import parity.harness.names.NamesFile;
import parity.harness.names.NearNames;
import parity.tensors.InPlace;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.format.TensorFiles;

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
   * @throws parity.tensors.BadInputException if a file cannot be read, or the names are not theirs
   */
  public static DiffResult of(
      Path expected, Path actual, NamesFile names, GivenLimits limits, int threads) {
    try (TensorFile one = TensorFiles.open(expected);
        TensorFile other = TensorFiles.open(actual)) {
      NamesFile all = names == NamesFile.NONE ? onlyOnes(one, other) : names;
      return InPlace.during(
          List.of(one, other), () -> new FileDiff(one, other, all).compare(limits, threads));
    }
  }

  /**
   * Where a file's only tensor has no name of its own ({@code .npy}, a tensor that was saved alone)
   * and the other file has one tensor too, the two belong together.
   */
  private static NamesFile onlyOnes(TensorFile expected, TensorFile actual) {
    List<String> ours = contents(expected);
    List<String> theirs = contents(actual);
    return (expected.isUnnamed() || actual.isUnnamed()) && ours.size() == 1 && theirs.size() == 1
        ? NamesFile.ofOne(ours.getFirst(), theirs.getFirst())
        : NamesFile.NONE;
  }

  /** Names of all that is compared, or is looked at for want of a comparison. */
  private static List<String> contents(TensorFile file) {
    List<String> names = new ArrayList<>(file.names());
    names.addAll(OtherDiff.contents(file).keySet());
    return names;
  }

  private DiffResult compare(GivenLimits limits, int threads) {
    names.requireExpected(contents(expected), expected.path().toString());
    names.requireActual(contents(actual), actual.path().toString());
    OtherDiff others = OtherDiff.of(expected, actual, names);
    SortedMap<String, Verdict> verdicts = new TreeMap<>(others.verdicts());
    List<Pair> pairs = new ArrayList<>();
    Map<String, TensorInfo> missing = new TreeMap<>();
    Map<String, TensorInfo> unexpected = unexpected();
    for (String name : expected.names()) {
      if (verdicts.containsKey(name)) {
        continue;
      }
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
    InPlace both = InPlace.of(List.of(expected, actual));
    for (Verdict verdict : SetComparison.compare(pairs, limits::of, threads, both)) {
      verdicts.put(verdict.name(), ComplexPair.told(verdict, expected.info(verdict.name())));
    }
    addMissing(verdicts, missing, unexpected);
    List<Verdict> all = new ArrayList<>(verdicts.values());
    unexpected.forEach(
        (name, info) -> all.add(new Verdict.Unexpected(name, info, Optional.empty())));
    all.addAll(others.unexpected());
    return DiffResult.of(all, others.uncompared(), limits.reason());
  }

  /** Another type must be said, and no number ever becomes an integer or the other way round. */
  private static boolean fits(TensorInfo wanted, TensorInfo found, NamedTensor named) {
    return wanted.dtype() == found.dtype()
        || (named.dtype().isPresent()
            && wanted.dtype().isFloating() == found.dtype().isFloating()
            && wanted.dtype().isComplex() == found.dtype().isComplex());
  }

  private Pair pair(String name, NamedTensor named) {
    Tensor tensor = actual.get(named.actual());
    int[] axes = named.axes().stream().mapToInt(Integer::intValue).toArray();
    Tensor wanted = expected.get(name);
    if (wanted.dtype().isComplex()) {
      return ComplexPair.of(name, wanted, tensor, axes);
    }
    TensorView view = axes.length == 0 ? TensorView.of(tensor) : TensorView.of(tensor, axes);
    return new Pair(name, TensorView.of(wanted), view);
  }

  /** What the second file has and the first has not, by its own names. */
  private Map<String, TensorInfo> unexpected() {
    Map<String, TensorInfo> unexpected = new TreeMap<>();
    Set<String> expectedNames = Set.copyOf(contents(expected));
    for (String name : actual.names()) {
      if (names.expectedName(name).filter(expectedNames::contains).isEmpty()) {
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
