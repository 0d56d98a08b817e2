package parity.cosyvoice.hift.source;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.cosyvoice.hift.RandomWeights;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class SineGen2Test {
  private static final double ULP = 1.5e-8;

  /** Upstream's {@code SineGen2} on the same F0 and buffers. */
  @Test
  void forward_fourFrames_isUpstreams() {
    double[][] frames = {
      {0.04451041296124458, 0.07976313680410385, 0.09835179150104523},
      {0.006250000558793545, 0.006770833861082792, 0.00729166716337204},
      {0.046570826321840286, 0.08213511854410172, 0.10001204907894135},
      {0.10155855864286423, 0.011874719522893429, -0.09706021100282669}
    };
    float[] noise = new float[16 * 3];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i / 64f;
    }
    SineGen2.Output output =
        forward(4, 2, new float[] {440.5f, 9.75f, 12000.25f, 7001}, noise, 0, 0.25f, 0.5f);

    for (int frame = 0; frame < 4; frame++) {
      for (int k = 0; k < 3; k++) {
        assertThat(output.sineWaves().getDouble(frame * 12L + k))
            .isWithin(ULP)
            .of(frames[frame][k]);
      }
    }
    assertThat(output.uv().toFloats())
        .isEqualTo(new float[] {1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(output.noise().getDouble(1)).isWithin(ULP).of(4.6875000407453626e-05);
    assertThat(output.noise().getDouble(14)).isWithin(ULP).of(0.00729166716337204);
    assertThat(output.sineWaves().getDouble(47)).isWithin(ULP).of(-0.09663833677768707);
  }

  /** At two samples a frame the interpolation reads sample 0, so the initial phase counts. */
  @Test
  void forward_twoSamplesAFrame_takesTheInitialPhaseIn() {
    SineGen2.Output output =
        forward(2, 1, new float[] {440.5f, 5000, 100}, new float[12], 0, 0.25f);

    double[] expected = {
      0.0228605754673481,
      0.08954788744449615,
      0.02887812815606594,
      0.08332108706235886,
      0.023827916011214256,
      0.0886445939540863
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(output.sineWaves().getDouble(i / 2 * 4L + i % 2)).isWithin(ULP).of(expected[i]);
    }
  }

  @Test
  void forward_otherInitialPhase_changesNothingAtFourSamplesAFrame() {
    float[] f0 = {100, 200};
    SineGen2.Output one = forward(4, 1, f0, new float[16], 0, 0.25f);
    SineGen2.Output other = forward(4, 1, f0, new float[16], 0, 0.75f);

    assertThat(other.sineWaves().toFloats()).isEqualTo(one.sineWaves().toFloats());
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "9.999999, 0", "10.000001, 1"})
  void forward_f0OneUlpAroundTheThreshold_isVoicedOnlyAbove(float f0, float voiced) {
    assertThat(Math.abs(f0 - 10)).isAtMost(Math.ulp(10f));

    SineGen2.Output output = forward(4, 0, new float[] {f0}, new float[4], 0);

    assertThat(output.uv().getFloat(0)).isEqualTo(voiced);
  }

  private static SineGen2.Output forward(
      int scale, int harmonics, float[] frames, float[] noise, float... randIni) {
    SineGen2 sineGen = new SineGen2(RandomWeights.config(harmonics, List.of(2, 3)), scale, 10);
    float[] f0 = new float[frames.length * scale];
    for (int s = 0; s < f0.length; s++) {
      f0[s] = frames[s / scale];
    }
    SourceNoise random =
        SourceNoise.of(
            Tensor.ofFloats(Shape.of(1, harmonics + 1), randIni),
            Tensor.ofFloats(Shape.of(1, f0.length, harmonics + 1), noise));
    Tensor column = Tensor.ofFloats(Shape.of(1, f0.length, 1), f0);
    return sineGen.forward(column, random, sineGen.start(), Arena.ofAuto());
  }
}
