package parity.cosyvoice.tap;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import parity.cosyvoice.onnx.Cuts;
import parity.cosyvoice.onnx.Graph;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * One call's way to whoever watches a part of the model, for modules that are known by their names
 * in the checkpoint: outputs go to a sink, and what a reference has of them takes their place.
 *
 * @param prefix what a capture puts before the names of the checkpoint
 * @param call how many times the modules had been called before
 */
public record Watch(String prefix, int call, TapSink sink, TapSource source) {
  /** The same of another call. */
  public Watch ofCall(int other) {
    return new Watch(prefix, other, sink, source);
  }

  /** Whether nobody watches. */
  boolean isNobody() {
    return sink.equals(TapSink.NONE) && source.equals(TapSource.NONE);
  }

  /** Whether the sink wants that output or input. */
  public boolean wants(String name) {
    return sink.wants(prefix + name, call);
  }

  /** Whether the reference has that output or input. */
  public boolean holds(String name) {
    return source.get(prefix + name, call).isPresent();
  }

  /** Hands over what is wanted. */
  public void offer(String name, Tensor computed) {
    if (wants(name)) {
      sink.accept(prefix + name, call, computed);
    }
  }

  /** Hands over those of the outputs that are wanted, in the order of {@code names}. */
  public void offer(Iterable<String> names, Map<String, Tensor> outputs) {
    for (String name : names) {
      Tensor computed = outputs.get(name);
      if (computed != null) {
        offer(name, computed);
      }
    }
  }

  /** Hands over what is wanted, and says with what to go on: the reference's, if it has it. */
  public Tensor pass(String name, Tensor computed) {
    offer(name, computed);
    return instead(name, computed);
  }

  /** The reference's, if it has it. */
  public Tensor instead(String name, Tensor computed) {
    return source.get(prefix + name, call).orElse(computed);
  }

  /** Cuts a graph wherever the reference has something to go on with. */
  public Cuts cuts(DType dtype) {
    return new Cuts(this::holds, dtype);
  }

  /** What a graph is given where it is cut, by the names of its inputs. */
  public Map<String, Tensor> given(Collection<String> names) {
    Map<String, Tensor> given = new HashMap<>();
    for (String name : names) {
      source
          .get(prefix + name, call)
          .ifPresent(tensor -> given.put(Graph.given(name), Objects.requireNonNull(tensor)));
    }
    return given;
  }
}
