package parity.cosyvoice.hift;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parity.cosyvoice.hift.generator.Stage;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * A stage, ready to run. All its convolutions look to the left alone, so its time axis is cut into
 * stretches that threads compute side by side, each in its cache; a tapped stage runs in one piece.
 *
 * <p>Every frame of the result is written by one stretch, so the order in which the threads work
 * does not matter. A stretch of the last stage computes one frame more than it owns: the first
 * frame of the next stretch. The next stretch writes that frame, because its value is the one of a
 * run in one piece: all of 47,556 values were equal bit for bit. Of the surplus values one in 70
 * was another in the last place, as ONNX Runtime rounds a convolution's last frames otherwise where
 * they do not fill a vector. The last stretch writes its surplus frame, which is the result's last.
 */
final class StageRunner {
  private static final String X = "x";
  private static final String SOURCE = "source";
  private static final String RESULT = "result";

  /** Bytes of one activation of a stretch: a few of them should fit a core's share of the cache. */
  private static final long CHUNK_BYTES = 1 << 21;

  private final Stage stage;
  private final int threads;
  private final WatchedGraph graph;

  StageRunner(Stage stage, Weights weights, HiftOptions options, Resources resources) {
    this.stage = stage;
    this.threads = options.threads();
    this.graph =
        new WatchedGraph(
            cuts -> graph(new Graph(weights, cuts), resources.arena()),
            DType.F32,
            Set.of(RESULT),
            (model, watched) -> options.engine().withThreads(watched ? threads : 1).open(model));
    resources.onClose(graph::close);
    graph.ready();
  }

  Stage stage() {
    return stage;
  }

  private Graph graph(Graph g, Arena arena) {
    Value x = g.input(X, DType.F32, 1, stage.channelsIn(), "T");
    Value source = g.input(SOURCE, DType.F32, 1, stage.config().nFft() + 2, "S");
    g.name(RESULT, stage.forward(g, x, source, arena));
    return g;
  }

  /**
   * Runs the stage; shapes as in {@link Stage#forward}.
   *
   * @param arena where the result lives; open to all threads, as are the inputs
   */
  Tensor run(Tensor x, Tensor source, Watch watch, Workers workers, Arena arena) {
    if (graph.isWatched(watch)) {
      return result(Map.of(X, x, SOURCE, source), watch, arena);
    }
    long frames = x.shape().dim(2);
    long longest = Math.max(1, CHUNK_BYTES / Float.BYTES / stage.rate() / (stage.channelsIn() / 2));
    Shape shape =
        Shape.of(1, stage.channelsOut(), frames * stage.rate() + (stage.isLast() ? 1 : 0));
    Tensor result = Tensor.allocate(DType.F32, shape, arena);
    List<Chunk> chunks = Chunk.split(frames, stage.reach(), longest, threads);
    workers.forEach(chunks, chunk -> run(chunk, x, source, watch, result));
    return result;
  }

  /** Computes a stretch, and writes the frames that it owns into the result. */
  private void run(Chunk chunk, Tensor x, Tensor source, Watch watch, Tensor result) {
    long rate = stage.rate();
    long step = rate * stage.sourceRate();
    try (Arena arena = Arena.ofConfined()) {
      Tensor part =
          result(
              Map.of(
                  X, Frames.slice(x, chunk.from(), chunk.end(), arena),
                  SOURCE, Frames.slice(source, chunk.from() * step, chunk.end() * step + 1, arena)),
              watch,
              arena);
      long skipped = (chunk.start() - chunk.from()) * rate;
      boolean isEnd = chunk.end() == x.shape().dim(2);
      long end = isEnd ? result.shape().dim(2) : chunk.end() * rate;
      Tensors.copy(part, skipped, result, chunk.start() * rate, end - chunk.start() * rate, -1);
    }
  }

  private Tensor result(Map<String, Tensor> inputs, Watch watch, Arena arena) {
    return requireNonNull(graph.run(inputs, watch, arena).get(RESULT));
  }
}
