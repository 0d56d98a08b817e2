package parity.cosyvoice.onnx;

import java.util.function.UnaryOperator;
import parity.cosyvoice.onnx.Session.Packing;
import parity.cosyvoice.onnx.Session.Scratch;

/**
 * Makes graphs ready to run.
 *
 * @param threads how many threads compute one node, at least one
 * @param edit what is done to every graph before, so that a known fault can be put in
 */
public record Engine(int threads, UnaryOperator<Graph.Model> edit) {
  public Engine {
    if (threads < 1) {
      throw new IllegalArgumentException("a graph needs a thread, not " + threads);
    }
  }

  /** Graphs as they are. */
  public static Engine of(int threads) {
    return new Engine(threads, UnaryOperator.identity());
  }

  /** The same with another number of threads. */
  public Engine withThreads(int other) {
    return new Engine(other, edit);
  }

  /** Makes a graph ready. */
  public Session open(Graph.Model model) {
    return open(model, Packing.PACKED, Scratch.KEPT);
  }

  /** Makes a graph ready, with a choice of what becomes of its weights and its memory. */
  public Session open(Graph.Model model, Packing packing, Scratch scratch) {
    return Session.of(edit.apply(model), threads, packing, scratch);
  }
}
