package parity.cosyvoice.onnx;

import java.util.function.Predicate;
import parity.tensors.DType;

/**
 * Where a graph is cut: there its modules compute their outputs as ever, but what comes after them
 * is computed from graph inputs in their place.
 *
 * @param at names of taps and entrances
 * @param dtype of all of them
 */
public record Cuts(Predicate<String> at, DType dtype) {
  /** Nowhere. */
  public static final Cuts NONE = new Cuts(name -> false, DType.F32);
}
