package parity.cosyvoice.hift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** A checkpoint that has a random tensor under every name, and a small configuration for it. */
public final class RandomWeights implements Weights {
  private final Map<String, Tensor> tensors = new HashMap<>();

  public static HiftConfig config(int harmonics, List<Integer> upsampleRates) {
    return new HiftConfig(
        6,
        16,
        harmonics,
        24000,
        0.1,
        0.003,
        10,
        upsampleRates,
        List.of(4, 7),
        16,
        4,
        List.of(3, 5),
        List.of(List.of(1, 3), List.of(2)),
        List.of(7, 3),
        List.of(List.of(1), List.of(1, 2)),
        0.1,
        0.99,
        2,
        new F0PredictorConfig(1, 6, 8));
  }

  static Tensor random(long seed, double scale, long... dims) {
    Shape shape = Shape.of(dims);
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return Tensor.ofFloats(shape, values);
  }

  @Override
  public void requireUnchanged() {}

  @Override
  public String source() {
    return "random";
  }

  @Override
  public Tensor expect(String name, long... dims) {
    return tensors.computeIfAbsent(name, key -> random(key.hashCode(), 0.3, dims));
  }

  @Override
  public Tensor get(String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow();
  }

  @Override
  public boolean contains(String name) {
    return true;
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return Optional.empty();
  }
}
