package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class StftTest {
  private final Stft stft = new Stft(16, 4);

  /** {@code torch.stft} of the same signal in float64. */
  @Test
  void transform_shortSignal_isTorchsWithReflectedEnds() {
    Tensor signal =
        Tensor.ofFloats(
            Shape.of(12),
            0.5f,
            -0.25f,
            1,
            0.125f,
            -0.75f,
            0,
            0.25f,
            0.375f,
            -1,
            0.5f,
            0.625f,
            -0.125f);
    double[] firstReal = {
      1.25074086,
      -1.250740844,
      0.807874325,
      1.009992197,
      -2.030330136,
      0.300668038,
      1.692125675,
      -2.059919391,
      1.809919413
    };
    double[] lastReal = {
      0.942849936,
      -0.966517439,
      0.74884564,
      -0.483838863,
      0.643305838,
      -1.115272797,
      1.25115436,
      0.065629099,
      -1.229461612
    };
    double[] secondImaginary = {
      0.0,
      -0.678083561,
      0.521701699,
      -0.115319841,
      0.311322268,
      -0.632324684,
      -0.648793461,
      1.804911596,
      0.0
    };
    try (Arena arena = Arena.ofConfined()) {
      Tensor spectrum = stft.transform(signal, arena);

      assertThat(spectrum.shape()).isEqualTo(Shape.of(1, 18, 4));
      for (int bin = 0; bin < 9; bin++) {
        assertThat(spectrum.getDouble(bin * 4L)).isWithin(2e-7).of(firstReal[bin]);
        assertThat(spectrum.getDouble(bin * 4L + 3)).isWithin(2e-7).of(lastReal[bin]);
        assertThat(spectrum.getDouble((9L + bin) * 4 + 1)).isWithin(2e-7).of(secondImaginary[bin]);
      }
    }
  }

  @Property(tries = 200)
  void inverse_ofTransform_isTheSignal(
      @ForAll @Size(min = 12, max = 200) List<@FloatRange(min = -1, max = 1) Float> samples) {
    float[] signal = new float[samples.size() / 4 * 4];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = samples.get(i);
    }
    try (Arena arena = Arena.ofConfined()) {
      Tensor spectrum = stft.transform(Tensor.ofFloats(Shape.of(signal.length), signal), arena);
      double[] back = stft.inverse(spectrum);

      assertThat(back).hasLength(signal.length);
      for (int i = 0; i < signal.length; i++) {
        assertThat(back[i]).isWithin(1e-6).of(signal[i]);
      }
    }
  }
}
