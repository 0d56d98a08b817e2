package parity.harness.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parity.compare.verdict.Verdict;
import parity.harness.names.NamedTensor;
import parity.harness.names.Names;
import parity.tensors.Other;
import parity.tensors.TensorFile;
import parity.tensors.Text;

/**
 * Holds against each other what two files have besides tensors: arrays of texts, types that are not
 * read, counters. Nothing of it is ever right. What is the same byte for byte is counted, and
 * anything else is open.
 */
final class OtherDiff {
  private final TensorFile expected;
  private final TensorFile actual;
  private final Names names;
  private final Map<String, Other> expectedContents;
  private final Map<String, Other> actualContents;
  private final Map<String, Verdict> verdicts = new TreeMap<>();
  private final List<Verdict> unexpected = new ArrayList<>();
  private final List<String> equal = new ArrayList<>();
  private final List<String> expectedOnly = new ArrayList<>();
  private final List<String> actualOnly = new ArrayList<>();

  private OtherDiff(TensorFile expected, TensorFile actual, Names names) {
    this.expected = expected;
    this.actual = actual;
    this.names = names;
    this.expectedContents = contents(expected);
    this.actualContents = contents(actual);
  }

  /** Looks at all that is no tensor on one side at least. */
  static OtherDiff of(TensorFile expected, TensorFile actual, Names names) {
    OtherDiff diff = new OtherDiff(expected, actual, names);
    diff.expectedContents.forEach(diff::expect);
    for (String name : expected.names()) {
      diff.find(name)
          .ifPresent(found -> diff.open(name, expected.info(name).toString(), found.says()));
    }
    diff.actualContents.forEach(diff::given);
    return diff;
  }

  /** What takes part in a comparison: what hangs on a container does not. */
  static Map<String, Other> contents(TensorFile file) {
    Map<String, Other> contents = new TreeMap<>(file.others());
    contents.values().removeIf(other -> other.role() == Other.Role.ATTACHED);
    return contents;
  }

  /** By the expected name; a tensor that is no such on the other side is among them. */
  Map<String, Verdict> verdicts() {
    return verdicts;
  }

  /** Of what was not expected. */
  List<Verdict> unexpected() {
    return unexpected;
  }

  Uncompared uncompared() {
    List<String> notes = new ArrayList<>();
    note(notes, expectedOnly, "expected", "actual");
    note(notes, actualOnly, "actual", "expected");
    return new Uncompared(equal, notes);
  }

  private static void note(List<String> notes, List<String> only, String has, String hasNot) {
    if (!only.isEmpty()) {
      notes.add(
          "%d values of the %s file are no tensors, and the %s file's format holds none; not"
                  .formatted(only.size(), has, hasNot)
              + " compared: "
              + Text.quote(String.join(", ", only)));
    }
  }

  private void expect(String name, Other other) {
    Optional<String> there = names.of(name).map(NamedTensor::actual);
    Optional<Other> found = find(name);
    if (found.isPresent()) {
      if (isSame(other, found.get())) {
        equal.add(name);
      } else {
        open(name, other.says(), found.get().says());
      }
    } else if (there.filter(actual::contains).isPresent()) {
      open(name, other.says(), actual.info(there.get()).toString());
    } else if (other.role() == Other.Role.VALUE && !actual.holdsValues()) {
      expectedOnly.add(name);
    } else {
      String why = "expected " + other.says() + ", found nothing of that name; not compared";
      verdicts.put(name, new Verdict.NotCompared(name, why));
    }
  }

  private static boolean isSame(Other one, Other other) {
    return one.role() == other.role()
        && one.kind().equals(other.kind())
        && one.shape().equals(other.shape())
        && one.digest().get().equals(other.digest().get());
  }

  private void open(String name, String wanted, String found) {
    String why =
        wanted.equals(found)
            ? wanted + " on both sides, but they differ; not compared"
            : "expected " + wanted + ", found " + found + "; not compared";
    verdicts.put(name, new Verdict.NotCompared(name, why));
  }

  /** What the second file has in place of an expected name. */
  private Optional<Other> find(String name) {
    return names.of(name).map(NamedTensor::actual).map(actualContents::get);
  }

  private void given(String name, Other other) {
    boolean isExpected =
        names
            .expected(name)
            .filter(wanted -> expected.contains(wanted) || expectedContents.containsKey(wanted))
            .isPresent();
    if (isExpected) {
      return;
    }
    if (other.role() == Other.Role.VALUE && !expected.holdsValues()) {
      actualOnly.add(name);
    } else {
      String why = "found " + other.says() + ", which the reference does not have; not compared";
      unexpected.add(new Verdict.NotCompared(name, why));
    }
  }
}
