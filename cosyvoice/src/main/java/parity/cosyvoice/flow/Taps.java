package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import parity.cosyvoice.model.TapSink;
import parity.tensors.Tensor;

/** One call's way to a sink, for modules that are known by their names in the checkpoint. */
record Taps(TapSink sink, int call) {
  /** What a capture puts before the names of the checkpoint. */
  static final String PREFIX = "flow.";

  boolean wants(String path) {
    return sink.wants(PREFIX + path, call);
  }

  /** Hands over those of the outputs that are wanted, in the order of {@code paths}. */
  void offer(Iterable<String> paths, Map<String, Tensor> outputs) {
    for (String path : paths) {
      if (wants(path)) {
        sink.accept(PREFIX + path, call, requireNonNull(outputs.get(path)));
      }
    }
  }
}
