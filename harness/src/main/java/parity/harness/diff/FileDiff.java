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
import parity.harness.names.FormAdvice;
import parity.harness.names.NamedTensor;
import parity.harness.names.Names;
import parity.harness.names.NamesFile;
import parity.harness.names.NearNames;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.format.TensorFiles;

/** Compares two files of tensors, name by name. */
public final class FileDiff {
  /** So many missing names get a hint which other one is near; it takes a look at all others. */
  private static final int HINTS = 100;

  private static final TensorInfo NO_TENSOR = new TensorInfo(DType.U8, Shape.of());

  private final TensorFile expected;
  private final TensorFile actual;
  private final Names names;

  private FileDiff(TensorFile expected, TensorFile actual, NamesFile names) {
    this.expected = expected;
    this.actual = actual;
    List<String> contents = contents(expected);
    this.names =
        names.between(
            contents,
            contents,
            infos(actual),
            new NamesFile.Sides(expected.path().toString(), actual.path().toString()));
  }

  /** Of all that is compared, or is looked at for want of a comparison: such has no type. */
  private static Map<String, TensorInfo> infos(TensorFile file) {
    Map<String, TensorInfo> infos = new TreeMap<>();
    contents(file)
        .forEach(name -> infos.put(name, file.contains(name) ? file.info(name) : NO_TENSOR));
    return infos;
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
    OtherDiff others = OtherDiff.of(expected, actual, names);
    SortedMap<String, Verdict> verdicts = new TreeMap<>(others.verdicts());
    List<Pair> pairs = new ArrayList<>();
    Map<String, TensorInfo> missing = new TreeMap<>();
    Map<String, TensorInfo> unexpected = unexpected();
    for (String name : expected.names()) {
      if (verdicts.containsKey(name)) {
        continue;
      }
      Optional<NamedTensor> there = names.of(name).filter(named -> actual.contains(named.actual()));
      if (there.isEmpty()) {
        missing.put(name, expected.info(name));
        continue;
      }
      TensorInfo found = actual.info(there.get().actual());
      NamedTensor named = names.fitting(name, found);
      TensorInfo wanted = expected.info(name);
      if (wanted.dtype() == found.dtype() || named.converts(found.dtype(), wanted.dtype())) {
        pairs.add(pair(name, named));
      } else {
        // Another type must be said, and no number ever becomes an integer or the other way round.
        verdicts.put(name, advised(new Verdict.DtypeDiffers(name, wanted, found)));
      }
    }
    InPlace both = InPlace.of(List.of(expected, actual));
    for (Verdict verdict : SetComparison.compare(pairs, limits::of, threads, both)) {
      verdicts.put(
          verdict.name(), advised(ComplexPair.told(verdict, expected.info(verdict.name()))));
    }
    addMissing(verdicts, missing, unexpected);
    List<Verdict> all = new ArrayList<>(verdicts.values());
    unexpected.forEach(
        (name, info) -> all.add(new Verdict.Unexpected(name, info, Optional.empty())));
    all.addAll(others.unexpected());
    List<String> stale = names.stale().stream().map(Names.Stale::says).toList();
    return DiffResult.of(all, others.uncompared().with(stale), limits.reason());
  }

  /** With the line that would let it be compared, where it was not for its axes or its type. */
  private Verdict advised(Verdict verdict) {
    String there = names.of(verdict.name()).map(NamedTensor::actual).orElse(verdict.name());
    return expected.contains(verdict.name()) && actual.contains(there)
        ? FormAdvice.of(verdict.name(), there, expected.info(verdict.name()), actual.info(there))
            .map(verdict::advised)
            .orElse(verdict)
        : verdict;
  }

  private Pair pair(String name, NamedTensor named) {
    Tensor tensor = actual.get(named.actual());
    Tensor wanted = expected.get(name);
    return wanted.dtype().isComplex()
        ? ComplexPair.of(name, wanted, tensor, named.layout())
        : new Pair(name, TensorView.of(wanted), named.layout().of(tensor));
  }

  /** What the second file has and the first has not, by its own names. */
  private Map<String, TensorInfo> unexpected() {
    Map<String, TensorInfo> unexpected = new TreeMap<>();
    Set<String> expectedNames = Set.copyOf(contents(expected));
    for (String name : actual.names()) {
      if (names.expected(name).filter(expectedNames::contains).isEmpty()) {
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
      Optional<String> advice =
          near.flatMap(other ->
              Optional.ofNullable(unexpected.get(other))
                  .map(info -> FormAdvice.perhaps(one.getKey(), one.getValue(), other, info)));
      verdicts.put(one.getKey(), new Verdict.Missing(one.getKey(), one.getValue(), advice));
    }
  }
}
