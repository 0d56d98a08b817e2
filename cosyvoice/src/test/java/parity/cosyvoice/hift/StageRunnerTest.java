package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.generator.Stage;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.Tensor;

final class StageRunnerTest {
  private static final int FRAMES = 997;

  private final HiftConfig config = RandomWeights.config(2, List.of(2, 3));
  private final Weights weights = new RandomWeights();

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_inStretches_equalsOnePiece(int index) {
    Stage stage = Stage.all(config).get(index);
    TapSink everything = (path, call, tensor) -> {};
    try (Arena arena = Arena.ofShared();
        Resources resources = new Resources()) {
      Tensor x = copy(RandomWeights.random(1, 1, 1, stage.channelsIn(), FRAMES), arena);
      long sourceFrames = (long) FRAMES * stage.rate() * stage.sourceRate() + 1;
      Tensor source = copy(RandomWeights.random(2, 1, 1, 18, sourceFrames), arena);
      Workers workers = new Workers(3);
      resources.onClose(workers::close);

      Tensor whole = run(stage, everything, x, source, workers, resources, arena);
      Tensor cut = run(stage, TapSink.NONE, x, source, workers, resources, arena);

      assertThat(cut.shape()).isEqualTo(whole.shape());
      assertThat(whole.shape().dim(2))
          .isEqualTo((long) FRAMES * stage.rate() + (stage.isLast() ? 1 : 0));
      for (long i = 0; i < whole.elements(); i++) {
        float expected = whole.getFloat(i);
        assertThat(cut.getFloat(i)).isWithin(1e-5f + 1e-5f * Math.abs(expected)).of(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_stretchesInAnyOrder_writeTheSameBits(int index) {
    Stage stage = Stage.all(config).get(index);
    try (Arena arena = Arena.ofShared();
        Resources resources = new Resources();
        Workers forward = new Workers(1);
        Workers backward = new Backwards()) {
      StageRunner runner = new StageRunner(stage, weights, HiftOptions.of(3), resources);
      Watch nobody = new Watch("hift.", 0, TapSink.NONE, TapSource.NONE);
      // Lengths at which the last frames of a stretch fill a vector to another part each.
      for (int frames = FRAMES; frames < FRAMES + 24; frames++) {
        Tensor x = copy(RandomWeights.random(frames, 1, 1, stage.channelsIn(), frames), arena);
        long sourceFrames = (long) frames * stage.rate() * stage.sourceRate() + 1;
        Tensor source = copy(RandomWeights.random(2, 1, 1, 18, sourceFrames), arena);

        assertThat(runner.run(x, source, nobody, backward, arena).toFloats())
            .isEqualTo(runner.run(x, source, nobody, forward, arena).toFloats());
      }
    }
  }

  /** Does the last job first, one after the other. */
  private static final class Backwards extends Workers {
    Backwards() {
      super(1);
    }

    @Override
    <T> void forEach(List<T> jobs, Consumer<T> work) {
      super.forEach(jobs.reversed(), work);
    }
  }

  private Tensor run(
      Stage stage,
      TapSink sink,
      Tensor x,
      Tensor source,
      Workers workers,
      Resources resources,
      Arena arena) {
    Watch watch = new Watch("hift.", 0, sink, TapSource.NONE);
    return new StageRunner(stage, weights, HiftOptions.of(3), resources)
        .run(x, source, watch, workers, arena);
  }

  private static Tensor copy(Tensor tensor, Arena arena) {
    Tensor copy = Tensor.allocate(DType.F32, tensor.shape(), arena);
    copy.data().copyFrom(tensor.data());
    return copy;
  }
}
