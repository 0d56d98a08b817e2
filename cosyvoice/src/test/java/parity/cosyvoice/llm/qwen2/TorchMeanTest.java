package parity.cosyvoice.llm.qwen2;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.NoWeights;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class TorchMeanTest {
  /** Every last bit, for widths with and without whole vectors, rows and blocks. */
  @Property(tries = 60)
  void forward_anyWidth_addsInTheOrderOfPyTorch(
      @ForAll @IntRange(min = 1, max = 1100) int width,
      @ForAll @IntRange(min = 1, max = 3) int length,
      @ForAll int seed) {
    float[] values = new float[width * length];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.pow(random.nextGaussian(), 2);
    }
    Graph g = new Graph(new NoWeights());
    Value x = g.input("x", DType.F32, 1, "length", width);
    g.tap("mean", new TorchMean(width).forward(g, x));
    try (Session session = Session.of(g.build(Set.of("mean")), 1);
        Arena arena = Arena.ofConfined()) {
      Tensor input = Tensor.ofFloats(Shape.of(1, length, width), values);
      Tensor mean =
          session.run(Map.of("x", input), Set.of("mean"), arena).values().iterator().next();

      assertThat(mean.shape()).isEqualTo(Shape.of(1, length, 1));
      for (int row = 0; row < length; row++) {
        assertThat(mean.getFloat(row)).isEqualTo(mean(values, row * width, width));
      }
    }
  }

  /** {@code cascade_sum} as loops, for less than 256 rows of vectors. */
  private static float mean(float[] x, int from, int width) {
    int vectors = width / 8;
    int rows = vectors / 4;
    float[] blocks = new float[32];
    float[] sums = new float[32];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 32; i++) {
        sums[i] += x[from + row * 32 + i];
        if (row % 16 == 15) {
          blocks[i] += sums[i];
          sums[i] = 0;
        }
      }
    }
    for (int i = 0; i < 32; i++) {
      sums[i] += blocks[i];
    }
    for (int i = rows * 32; i < vectors * 8; i++) {
      sums[i % 8] += x[from + i];
    }
    for (int i = 8; i < 32; i++) {
      sums[i % 8] += sums[i];
    }
    float total = 0;
    for (int i = vectors * 8; i < width; i++) {
      total += x[from + i];
    }
    for (int lane = 0; lane < 8; lane++) {
      total += sums[lane];
    }
    return total / width;
  }
}
