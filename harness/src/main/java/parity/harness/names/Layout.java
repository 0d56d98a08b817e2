package parity.harness.names;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import parity.compare.view.TensorView;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * How the axes of a tensor of the other side become the expected ones: some of length 1 go, the
 * others are put in order, some of length 1 come.
 *
 * @param squeeze axes of the other side that go
 * @param axes axis i of the expected tensor is axis {@code axes[i]} of what is left; empty where
 *     they are in order
 * @param add axes of the expected tensor that come
 */
public record Layout(List<Integer> squeeze, List<Integer> axes, List<Integer> add) {
  /** The axes are the expected ones. */
  public static final Layout SAME = new Layout(List.of(), List.of(), List.of());

  public Layout {
    squeeze = List.copyOf(squeeze);
    axes = List.copyOf(axes);
    add = List.copyOf(add);
  }

  /** The same axes in the same order, said of so many. */
  public static Layout inOrder(int rank) {
    return new Layout(List.of(), IntStream.range(0, rank).boxed().toList(), List.of());
  }

  /** Whether nothing is to be done. */
  public boolean isSame() {
    return equals(SAME);
  }

  /** Whether a tensor of the other side has these axes. */
  public boolean fits(Shape shape) {
    int left = shape.rank() - squeeze.size();
    return squeeze.stream().allMatch(axis -> axis < shape.rank() && shape.dim(axis) == 1)
        && (axes.isEmpty() || (axes.size() == left && axes.stream().allMatch(axis -> axis < left)))
        && add.stream().allMatch(axis -> axis < left + add.size())
        && left + add.size() <= Shape.MAX_RANK;
  }

  /** What a shape that fits becomes. */
  public Shape of(Shape shape) {
    long[] dims = reshaped(shape);
    return Shape.of(IntStream.of(order(shape)).mapToLong(axis -> dims[axis]).toArray());
  }

  /** A tensor that fits, as it is expected. */
  public TensorView of(Tensor tensor) {
    if (isSame()) {
      return TensorView.of(tensor);
    }
    int[] order = order(tensor.shape());
    long[] dims = reshaped(tensor.shape());
    int[] longer = IntStream.of(order).filter(axis -> dims[axis] != 1).toArray();
    boolean inOrder = IntStream.range(1, longer.length).allMatch(i -> longer[i - 1] < longer[i]);
    return inOrder
        ? TensorView.of(tensor.reshape(of(tensor.shape()).dims()))
        : TensorView.of(tensor.reshape(dims), order);
  }

  /** The same of tensors with one more axis behind all others. */
  public Layout withOneMore() {
    if (axes.isEmpty()) {
      return this;
    }
    List<Integer> more = new ArrayList<>(axes);
    more.add(axes.size());
    return new Layout(squeeze, more, add);
  }

  /** What is left, and behind it the axes that come. */
  private long[] reshaped(Shape shape) {
    return LongStream.concat(
            IntStream.range(0, shape.rank())
                .filter(axis -> !squeeze.contains(axis))
                .mapToLong(shape::dim),
            LongStream.generate(() -> 1).limit(add.size()))
        .toArray();
  }

  private int[] order(Shape shape) {
    int left = shape.rank() - squeeze.size();
    int coming = left;
    int next = 0;
    int[] order = new int[left + add.size()];
    for (int axis = 0; axis < order.length; axis++) {
      if (add.contains(axis)) {
        order[axis] = coming++;
      } else {
        order[axis] = axes.isEmpty() ? next : axes.get(next);
        next++;
      }
    }
    return order;
  }

  /** Whether the numbers name axes, each once. */
  static boolean areAxes(List<Integer> numbers) {
    return new HashSet<>(numbers).size() == numbers.size();
  }

  /** As a names file has it: {@code squeeze: [0], axes: [1, 0]}. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    field(fields, "squeeze", squeeze);
    field(fields, "axes", axes);
    field(fields, "add", add);
    return fields;
  }

  private static void field(List<String> fields, String name, List<Integer> numbers) {
    if (!numbers.isEmpty()) {
      fields.add(name + ": " + numbers);
    }
  }
}
