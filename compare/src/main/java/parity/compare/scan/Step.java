package parity.compare.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import parity.tensors.InPlace;

/**
 * Where a question about a pair of tensors stands: it is answered, or one more look at all elements
 * is needed, which says what comes next. So many pairs are asked about at once, each with as many
 * looks as it needs, and a block at a time.
 *
 * @param <T> what is asked for
 */
public sealed interface Step<T> {
  /** The answer. */
  record Done<T>(T answer) implements Step<T> {}

  /**
   * A look at the elements.
   *
   * @param then what comes of it, once {@code scan} has looked at each block
   */
  record Look<T>(Blockwise scan, Supplier<Step<T>> then) implements Step<T> {}

  /** The answer to one question, by the calling thread. */
  static <T> T finish(Step<T> question) {
    Step<T> step = question;
    while (step instanceof Look<T> look) {
      Workers.run(look.scan());
      step = look.then().get();
    }
    return ((Done<T>) step).answer();
  }

  /**
   * The answers to many questions, in their order; the same for any number of threads.
   *
   * @param files where the elements stand, looked at again and again between blocks
   */
  static <T> List<T> finish(List<Step<T>> questions, int threads, InPlace files) {
    List<Step<T>> steps = new ArrayList<>(questions);
    for (List<Integer> open = open(steps); !open.isEmpty(); open = open(steps)) {
      look(steps, open, threads, files);
    }
    return steps.stream().map(Step::finish).toList();
  }

  /** One look for each question that is open. Each thread writes elements that no other does. */
  private static <T> void look(
      List<Step<T>> steps, List<Integer> open, int threads, InPlace files) {
    List<Look<T>> looks = open.stream().map(at -> (Look<T>) steps.get(at)).toList();
    Workers.run(
        looks.stream().map(Look::scan).toList(),
        threads,
        files,
        job -> steps.set(open.get(job), looks.get(job).then().get()));
  }

  /** The questions that need a look. */
  private static <T> List<Integer> open(List<Step<T>> steps) {
    List<Integer> open = new ArrayList<>();
    for (int at = 0; at < steps.size(); at++) {
      while (steps.get(at) instanceof Look<T> look && look.scan().blocks() == 0) {
        steps.set(at, look.then().get());
      }
      if (steps.get(at) instanceof Look<T>) {
        open.add(at);
      }
    }
    return open;
  }
}
