package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.compare.view.TensorView;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class StepTest {
  private static TensorView numbers(int seed, int size) {
    float[] values = new float[size];
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return TensorView.of(Tensor.ofFloats(Shape.of(size), values));
  }

  /** As many looks as are asked for, and then how large the largest difference is. */
  private static Step<Double> question(TensorView expected, TensorView actual, int looks) {
    PairScan scan = new PairScan(expected, actual);
    return new Step.Look<>(
        scan,
        () ->
            looks > 1
                ? question(expected, actual, looks - 1)
                : new Step.Done<>(scan.metrics().l1()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void finish_manyQuestionsOfAnyNumberOfLooks_areAnsweredInTheirOrder(int threads) {
    List<Step<Double>> questions = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      TensorView expected = numbers(i, i == 4 ? Blockwise.BLOCK + 5 : 300 * i);
      TensorView actual = numbers(i + 1, i == 4 ? Blockwise.BLOCK + 5 : 300 * i);
      questions.add(question(expected, actual, 1 + i % 3));
      alone.add(Metrics.measure(expected.tensor(), actual.tensor()).l1());
    }
    questions.add(new Step.Done<>(-1.0));
    alone.add(-1.0);
    assertThat(Step.finish(questions, threads, InPlace.NOTHING)).isEqualTo(alone);
  }

  @Test
  void finish_oneQuestion_isAnsweredByTheCallingThread() {
    List<Thread> threads = new ArrayList<>();
    PairScan scan = new PairScan(numbers(1, 10), numbers(2, 10));
    Step.finish(
        new Step.Look<>(
            scan,
            () -> {
              threads.add(Thread.currentThread());
              return new Step.Done<>(1);
            }));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void finish_nothing_isNothing() {
    assertThat(Step.finish(List.<Step<Integer>>of(), 2, InPlace.NOTHING)).isEmpty();
  }

  @Test
  void finish_anAnswerThatFails_failsAndLeavesNoOtherQuestionWrong() {
    List<Step<Double>> questions =
        IntStream.range(0, 4)
            .<Step<Double>>mapToObj(i -> question(numbers(i, 50), numbers(i, 50), 1))
            .toList();
    List<Step<Double>> failing = new ArrayList<>(questions);
    failing.add(
        new Step.Look<>(
            new PairScan(numbers(7, 3), numbers(7, 3)),
            () -> {
              throw new IllegalArgumentException("no limits");
            }));
    assertThrows(IllegalArgumentException.class, () -> Step.finish(failing, 2, InPlace.NOTHING));
    assertThat(Step.finish(questions, 2, InPlace.NOTHING)).containsExactly(0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void finish_filesThatChange_endsBetweenBlocks() {
    List<Step<Double>> questions =
        IntStream.range(0, 4)
            .<Step<Double>>mapToObj(i -> question(numbers(i, 50), numbers(i, 50), 1))
            .toList();
    InPlace changed =
        () -> {
          throw new BadInputException("changed");
        };
    assertThrows(BadInputException.class, () -> Step.finish(questions, 2, changed));
  }
}
