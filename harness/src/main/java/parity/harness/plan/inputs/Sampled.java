package parity.harness.plan.inputs;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;
import parity.tensors.random.TorchGenerator;

/**
 * {@code sampling} of a capture: what Python's language model drew from and drew. A call is one of
 * {@code multinomial}; a step has one or two.
 *
 * @param step int32 [calls], the step that a call belongs to
 * @param size int32 [calls], how many a call chose from
 * @param index int32 [calls], which it chose
 * @param prob float32 [sum of sizes], the weights of all calls one behind the other
 * @param draw float32 [sum of sizes], the exponential numbers behind the choices
 * @param token int32 [steps], what each step returned, the stop token too
 */
public record Sampled(
    Tensor step, Tensor size, Tensor index, Tensor prob, Tensor draw, Tensor token) {
  private static final Tensor NONE = Tensor.ofFloats(Shape.of(0));

  /**
   * Of a capture, if it has it.
   *
   * @param steps how many steps there were
   * @throws Blocked if the tables do not go together
   */
  public static Optional<Sampled> of(Capture capture, long steps) {
    return capture.sampling().map(Captured::new).map(file -> of(file, steps));
  }

  private static Sampled of(Captured file, long steps) {
    Tensor step = file.get("step", DType.I32, Captured.ANY);
    int[] order = step.toInts();
    int[] wanted = IntStream.range(0, Math.toIntExact(steps)).toArray();
    boolean sorted = Arrays.equals(order, Arrays.stream(order).sorted().toArray());
    if (!sorted || !Arrays.equals(wanted, Arrays.stream(order).distinct().toArray())) {
      throw wrong("step", "calls in each of llm_logp's %d steps, in order".formatted(steps));
    }
    Tensor size = file.get("size", DType.I32, step.elements());
    Tensor prob = file.get("prob", DType.F32, Captured.ANY);
    int[] sizes = size.toInts();
    if (Arrays.stream(sizes).anyMatch(n -> n < 1)
        || Arrays.stream(sizes).asLongStream().sum() != prob.elements()) {
      throw wrong(
          "size", "numbers above 0 that add up to the %d of prob".formatted(prob.elements()));
    }
    return new Sampled(
        step,
        size,
        file.get("index", DType.I32, step.elements()),
        prob,
        file.get("draw", DType.F32, prob.elements()),
        file.get("token", DType.I32, steps));
  }

  private static Blocked wrong(String name, String expected) {
    return new Blocked(
        "%s in %s: expected %s; capture again".formatted(name, Capture.SAMPLING, expected));
  }

  /** Draws of the generator, for the calls in their order; float32 [sum of sizes]. */
  public Tensor drawnFrom(TorchGenerator generator) {
    float[] all = new float[Math.toIntExact(draw.elements())];
    MemorySegment rest = MemorySegment.ofArray(all);
    for (int call = 0; call < calls(); call++) {
      MemorySegment numbers = Multinomial.draw(size.getLong(call), generator).data();
      rest.copyFrom(numbers);
      rest = rest.asSlice(numbers.byteSize());
    }
    return Tensor.ofFloats(draw.shape(), all);
  }

  /**
   * Chooses with the captured draws, from call to call.
   *
   * @param first the step whose calls come first
   */
  public Multinomial replayed(int first) {
    Iterator<Integer> calls =
        IntStream.range(0, calls()).filter(call -> step.getLong(call) >= first).iterator();
    return prob -> choice(prob, calls.hasNext() ? of(calls.next(), draw) : NONE);
  }

  /** What has no number is not chosen: a call of another size is wrong anyway. */
  private static int choice(Tensor prob, Tensor draw) {
    long both = Math.min(prob.elements(), draw.elements());
    return Multinomial.choice(head(prob, both), head(draw, both));
  }

  private static Tensor head(Tensor numbers, long count) {
    return Tensors.head(numbers, 0, count);
  }

  /** Calls of one step, in their order. */
  public int[] callsOf(int wanted) {
    return IntStream.range(0, calls()).filter(call -> step.getLong(call) == wanted).toArray();
  }

  public int calls() {
    return Math.toIntExact(step.elements());
  }

  /** The part of {@code prob} or {@code draw} that belongs to one call. */
  public Tensor of(int call, Tensor numbers) {
    long from = IntStream.range(0, call).mapToLong(size::getLong).sum();
    long count = size.getLong(call);
    return Tensors.slice(numbers, 0, from, count);
  }
}
