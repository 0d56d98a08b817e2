package parity.harness.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.report.Severity;
import parity.harness.result.Exhibit;
import parity.harness.result.Grid;
import parity.harness.result.Samples;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Keeps of a stage's tensors what the report shows: its outputs as far as a page can hold them, and
 * where the error is in the worst tensor and in the first that is wrong.
 */
final class Exhibits {
  private static final String WORST = "Worst of its stage";
  private static final String FIRST = "First that is wrong";
  private static final String ALONE = "First that is wrong on its own, from Python's inputs";

  private final List<Exhibit> outputs = new ArrayList<>();
  private Optional<Exhibit.HeatMap> first = Optional.empty();
  private Optional<Exhibit.HeatMap> firstAlone = Optional.empty();
  private Optional<Exhibit.HeatMap> worst = Optional.empty();
  private double severity = -1;

  /** A tensor has been compared, and is still there. */
  void look(Verdict verdict, Tensor expected, Tensor actual, Basis basis) {
    if (!expected.dtype().isFloating()) {
      return;
    }
    double now = Severity.of(verdict);
    if (now > severity) {
      Optional<Exhibit.HeatMap> map = ErrorMap.of(WORST, verdict, expected, actual, basis);
      worst = map.or(() -> worst);
      severity = map.isPresent() ? now : severity;
    }
    if (first.isEmpty() && verdict.status() == Status.FAIL) {
      first = ErrorMap.of(FIRST, verdict, expected, actual, basis);
    }
  }

  /** A tensor that was computed from the reference's own inputs is wrong, and is still there. */
  void lookAlone(Verdict verdict, Tensor expected, Tensor actual, Basis basis) {
    if (firstAlone.isEmpty() && expected.dtype().isFloating()) {
      firstAlone = ErrorMap.of(ALONE, verdict, expected, actual, basis);
    }
  }

  /**
   * A mel to show.
   *
   * @param expected float32 [1, channels, T]
   * @param actual the same, of any length
   */
  void mel(String name, Tensor expected, Tensor actual) {
    if (!floats(expected, 3) || !floats(actual, 3)) {
      return;
    }
    outputs.add(new Exhibit.Mel(name, picture(expected), picture(actual), expected.shape().dim(2)));
  }

  private static Grid picture(Tensor mel) {
    long frames = mel.shape().dim(2);
    return Grid.of(
        Math.toIntExact(mel.shape().dim(1)),
        (int) Math.min(frames, Exhibit.MEL_FRAMES),
        (row, column) -> mel.getFloat(row * frames + column));
  }

  /**
   * A waveform to show and to listen to.
   *
   * @param expected float32 [1, S]
   * @param actual the same, of any length
   */
  void sound(String name, int sampleRate, Tensor expected, Tensor actual) {
    if (!floats(expected, 2) || !floats(actual, 2)) {
      return;
    }
    outputs.add(
        new Exhibit.Sound(
            name,
            sampleRate,
            beginning(expected, sampleRate),
            beginning(actual, sampleRate),
            expected.elements()));
  }

  /** What is of another form is told in the table, and not shown. */
  private static boolean floats(Tensor tensor, int rank) {
    return tensor.dtype() == DType.F32
        && tensor.shape().rank() == rank
        && tensor.shape().dim(0) == 1;
  }

  private static Samples beginning(Tensor waveform, int sampleRate) {
    int length = (int) Math.min(waveform.elements(), (long) Exhibit.SECONDS * sampleRate);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = waveform.getFloat(i);
    }
    return Samples.of(values);
  }

  /** All that is to be shown; of wrong tensors the first, if it is not the worst anyway. */
  List<Exhibit> all() {
    List<Exhibit> all = new ArrayList<>(outputs);
    boolean worstIsFirst = worst.map(Exhibit::name).equals(first.map(Exhibit::name));
    firstAlone.or(() -> worstIsFirst ? Optional.empty() : first).ifPresent(all::add);
    worst.ifPresent(all::add);
    return all;
  }
}
