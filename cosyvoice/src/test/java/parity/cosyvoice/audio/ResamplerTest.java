package parity.cosyvoice.audio;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** That the samples are upstream's is shown by the golden data of the frontend. */
final class ResamplerTest {
  @ParameterizedTest
  @CsvSource({
    "22050, 22050, 16000, 16000",
    "1, 22050, 16000, 1",
    "1, 192000, 16000, 1",
    "13, 192000, 16000, 2",
    "12, 192000, 16000, 1",
    // 163278.0045 and 326638.0045: fractions that float32 has no room for, and 326675.0113.
    "450035, 44100, 16000, 163278",
    "450148, 22050, 16000, 326638",
    "450199, 22050, 16000, 326675",
    "450036, 44100, 16000, 163279"
  })
  void length_isTheCeilingInFloat32(long samples, int from, int to, long expected) {
    assertThat(Resampler.length(samples, from, to)).isEqualTo(expected);
  }

  @Property
  void length_isTheCeilingOrOneLess(
      @ForAll @IntRange(min = 1, max = 5_000_000) int samples,
      @ForAll @IntRange(min = 16_000, max = 192_000) int rate) {
    long exact = Math.ceilDiv(24_000L * samples, (long) rate);

    assertThat(Resampler.length(samples, rate, 24_000)).isIn(List.of(exact - 1, exact));
  }

  @Test
  void resample_sameRate_givesTheSameTensor() {
    Tensor speech = Tensor.ofFloats(Shape.of(1, 3), 1, 2, 3);

    assertThat(new Resampler(16000, 16000).resample(speech, Arena.ofAuto()))
        .isSameInstanceAs(speech);
  }

  @ParameterizedTest
  @CsvSource({"22050, 16000", "22050, 24000", "44100, 16000", "48000, 24000", "16000, 24000"})
  void resample_tone_staysThatTone(int from, int to) {
    Tensor resampled = new Resampler(from, to).resample(tone(from, from), Arena.ofAuto());
    Tensor expected = tone(to, to);

    for (int i = to / 10; i < to - to / 10; i++) {
      assertThat(resampled.getFloat(i)).isWithin(3e-3f).of(expected.getFloat(i));
    }
  }

  @Test
  void resample_toneAboveTheNewNyquist_isTakenAway() {
    float[] samples = new float[48_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * 11_000 * i / 48_000);
    }
    Tensor speech = Tensor.ofFloats(Shape.of(1, samples.length), samples);
    Tensor resampled = new Resampler(48_000, 16_000).resample(speech, Arena.ofAuto());

    for (int i = 1000; i < 15_000; i++) {
      assertThat(resampled.getFloat(i)).isWithin(2e-2f).of(0);
    }
  }

  @Property(tries = 100)
  void resample_impulse_staysWhereItWas(@ForAll @IntRange(min = 200, max = 800) int at) {
    float[] samples = new float[1000];
    samples[at] = 1;
    Tensor speech = Tensor.ofFloats(Shape.of(1, 1000), samples);
    Tensor resampled = new Resampler(16_000, 48_000).resample(speech, Arena.ofAuto());

    assertThat(resampled.elements()).isEqualTo(3000);
    assertThat(resampled.getFloat(3L * at)).isWithin(1e-6f).of(0.99f);
    assertThat(resampled.getFloat(3L * at + 1)).isWithin(1e-6f).of(resampled.getFloat(3L * at - 1));
  }

  private static Tensor tone(int rate, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * 440 * i / rate);
    }
    return Tensor.ofFloats(Shape.of(1, length), samples);
  }
}
