package parity.cosyvoice.synthesis.steps;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.primitives.Floats;
import java.lang.foreign.Arena;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class MelSpeedTest {
  private static final Float[] FAST = {3.25f, 18.25f};
  private static final Float[] SLOW = {
    1f, 1.75f, 3.25f, 5.25f, 7.75f, 10.75f, 14.25f, 18.25f, 22.75f, 25f
  };
  private static final Float[] ODD = {2f, 9f, 21.999998f};

  private static float[] changed(double speed, int channels, float... mel) {
    Tensor given = Tensor.ofFloats(Shape.of(1, channels, mel.length / channels), mel);
    try (Arena arena = Arena.ofConfined()) {
      return MelSpeed.changed(given, speed, arena).toFloats();
    }
  }

  /**
   * {@code torch.nn.functional.interpolate(torch.tensor([[[1., 4, 9, 16, 25]]]), size=int(5 / s),
   * mode="linear")} of torch 2.3.1 for s of 2, 0.5 and 1.3.
   */
  @Test
  void changed_byFactors_isTorchsInterpolation() {
    assertThat(Floats.asList(changed(2, 1, 1, 4, 9, 16, 25)))
        .containsExactlyElementsIn(FAST)
        .inOrder();
    assertThat(Floats.asList(changed(0.5, 1, 1, 4, 9, 16, 25)))
        .containsExactlyElementsIn(SLOW)
        .inOrder();
    assertThat(Floats.asList(changed(1.3, 1, 1, 4, 9, 16, 25)))
        .containsExactlyElementsIn(ODD)
        .inOrder();
  }

  @Test
  void changed_twoChannels_areChangedApart() {
    assertThat(Floats.asList(changed(2, 2, 1, 2, 3, 4, 50, 60, 70, 80)))
        .containsExactly(1.5f, 3.5f, 55f, 75f)
        .inOrder();
  }

  @Property(tries = 200)
  void changed_constantMel_staysAndIsAsLongAsPythonSays(
      @ForAll @IntRange(min = 1, max = 200) int frames,
      @ForAll @DoubleRange(min = 0.1, max = 10) double speed) {
    float[] mel = new float[frames];
    Arrays.fill(mel, 0.75f);
    float[] result = changed(speed, 1, mel);
    assertThat(result).hasLength(Math.max(1, (int) (frames / speed)));
    for (float value : result) {
      assertThat(value).isEqualTo(0.75f);
    }
  }
}
