package parity.harness.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import parity.tensors.Shape;

/** Layouts under which one shape becomes another. */
public final class Layouts {
  /** Of more orders none is told from another by hand. */
  private static final int MOST = 24;

  private final long[] there;
  private final long[] wanted;
  private final List<Layout> found = new ArrayList<>();
  private final List<Integer> squeeze;
  private final List<Integer> add;
  private final List<Integer> left;
  private final List<Integer> target;

  private Layouts(Shape actual, Shape expected) {
    there = actual.dims();
    wanted = expected.dims();
    List<Integer> ones = ones(there);
    List<Integer> wantedOnes = ones(wanted);
    squeeze = ones.subList(0, Math.max(0, ones.size() - wantedOnes.size()));
    add = wantedOnes.subList(0, Math.max(0, wantedOnes.size() - ones.size()));
    left = others(there, squeeze);
    target = others(wanted, add);
  }

  /** All layouts, up to some; first that under which equal axes stay in their order. */
  public static List<Layout> between(Shape actual, Shape expected) {
    if (actual.equals(expected)) {
      return List.of(Layout.SAME);
    }
    if (!Arrays.equals(sorted(actual), sorted(expected))) {
      return List.of();
    }
    Layouts layouts = new Layouts(actual, expected);
    layouts.assign(new ArrayList<>());
    return layouts.found;
  }

  private static long[] sorted(Shape shape) {
    return Arrays.stream(shape.dims()).filter(dim -> dim != 1).sorted().toArray();
  }

  private static List<Integer> ones(long[] dims) {
    return IntStream.range(0, dims.length).filter(axis -> dims[axis] == 1).boxed().toList();
  }

  private static List<Integer> others(long[] dims, List<Integer> without) {
    return IntStream.range(0, dims.length).filter(axis -> !without.contains(axis)).boxed().toList();
  }

  /** Gives each axis of the target one of what is left that is as long. */
  private void assign(List<Integer> axes) {
    if (found.size() == MOST) {
      return;
    }
    if (axes.size() == target.size()) {
      boolean inOrder = IntStream.range(0, axes.size()).allMatch(i -> axes.get(i) == i);
      found.add(new Layout(squeeze, inOrder ? List.of() : axes, add));
      return;
    }
    long length = wanted[target.get(axes.size())];
    for (int axis = 0; axis < left.size(); axis++) {
      if (there[left.get(axis)] == length && !axes.contains(axis)) {
        List<Integer> more = new ArrayList<>(axes);
        more.add(axis);
        assign(more);
        if (length == 1) {
          return; // where an axis of length 1 goes is all the same
        }
      }
    }
  }
}
