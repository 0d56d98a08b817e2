package parity.harness.port.java;

import java.util.function.ToIntFunction;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.tensors.Tensor;

/**
 * Counts the calls of one chunk of a streaming run on from those of earlier chunks.
 *
 * @param before how often the module of a path was called before
 */
record LaterCalls(ToIntFunction<String> before) {
  /** Of the flow, whose estimator runs for every Euler step. */
  static LaterCalls ofFlow(int chunk, int steps) {
    return new LaterCalls(path -> Flow.runsEachStep(path) ? chunk * steps : chunk);
  }

  /** Of the vocoder, all of whose modules run once a chunk. */
  static LaterCalls ofHift(int chunk) {
    return new LaterCalls(path -> chunk);
  }

  /** What the chunk's modules return, for a sink that counts all calls. */
  TapSink of(TapSink sink) {
    return new TapSink() {
      @Override
      public boolean wants(String path, int call) {
        return sink.wants(path, before.applyAsInt(path) + call);
      }

      @Override
      public void accept(String path, int call, Tensor tensor) {
        sink.accept(path, before.applyAsInt(path) + call, tensor);
      }
    };
  }

  /** What the chunk's modules start from, of a reference that counts all calls. */
  TapSource of(TapSource reference) {
    return (path, call) -> reference.get(path, before.applyAsInt(path) + call);
  }
}
