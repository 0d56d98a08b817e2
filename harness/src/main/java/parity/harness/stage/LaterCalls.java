package parity.harness.stage;

import java.util.function.ToIntFunction;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.model.TapSink;
import parity.tensors.Tensor;

/**
 * A sink for one chunk of a streaming run, whose modules were called for earlier chunks already.
 *
 * @param before how often the module of a path was called before
 */
record LaterCalls(TapSink sink, ToIntFunction<String> before) implements TapSink {
  /** Of the flow, whose estimator runs for every Euler step. */
  static TapSink ofFlow(TapSink sink, int chunk, int steps) {
    return new LaterCalls(sink, path -> Flow.runsEachStep(path) ? chunk * steps : chunk);
  }

  /** Of the vocoder, all of whose modules run once a chunk. */
  static TapSink ofHift(TapSink sink, int chunk) {
    return new LaterCalls(sink, path -> chunk);
  }

  @Override
  public boolean wants(String path, int call) {
    return sink.wants(path, before.applyAsInt(path) + call);
  }

  @Override
  public void accept(String path, int call, Tensor tensor) {
    sink.accept(path, before.applyAsInt(path) + call, tensor);
  }
}
