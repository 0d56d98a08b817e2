package parity.harness.capture;

import java.util.Arrays;
import java.util.stream.Collectors;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;

/** Tensors that a stage cannot do without, taken from a file of the capture and held to a form. */
public final class Captured {
  /** Stands for an axis of any size. */
  public static final long ANY = -1;

  private final TensorFile file;

  public Captured(TensorFile file) {
    this.file = file;
  }

  /**
   * The tensor of that name.
   *
   * @param dims its axes, {@link #ANY} where any size will do
   * @throws Blocked if there is none, or it is of another type or shape
   */
  public Tensor get(String name, DType dtype, long... dims) {
    if (!file.contains(name)) {
      throw new Blocked(
          "%s is missing from %s; expected %s"
              .formatted(name, file.path().getFileName(), form(dtype, dims)));
    }
    TensorInfo info = file.info(name);
    boolean fits = info.dtype() == dtype && info.shape().rank() == dims.length;
    for (int axis = 0; fits && axis < dims.length; axis++) {
      fits = dims[axis] == ANY || dims[axis] == info.shape().dim(axis);
    }
    if (!fits) {
      throw new Blocked(
          "%s in %s is %s; expected %s"
              .formatted(name, file.path().getFileName(), info, form(dtype, dims)));
    }
    return file.get(name);
  }

  /**
   * The tensor of that name, whatever its form.
   *
   * @throws Blocked if there is none
   */
  public Tensor get(String name) {
    if (!file.contains(name)) {
      throw new Blocked("%s is missing from %s".formatted(name, file.path().getFileName()));
    }
    return file.get(name);
  }

  public boolean holds(String name) {
    return file.contains(name);
  }

  private static String form(DType dtype, long... dims) {
    return Arrays.stream(dims)
        .mapToObj(dim -> dim == ANY ? "any" : Long.toString(dim))
        .collect(Collectors.joining(", ", dtype + " [", "]"));
  }
}
