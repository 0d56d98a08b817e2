package parity.tensors.random;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Expected numbers and checksums are of what PyTorch 2.3.1 drew on x86 with AVX2; AVX-512 gave the
 * same bits.
 */
final class TorchGeneratorTest {
  private static float[] draw(long seed, int size, BiConsumer<TorchGenerator, Tensor> draw) {
    Tensor tensor = Tensor.ofFloats(Shape.of(size), new float[size]);
    draw.accept(new TorchGenerator(seed), tensor);
    return tensor.toFloats();
  }

  /** Of the little-endian bytes, as Python's {@code zlib.crc32(t.numpy().tobytes())}. */
  private static long checksum(float[] values) {
    CRC32 sum = new CRC32();
    sum.update(
        Tensor.ofFloats(Shape.of(values.length), values).data().toArray(ValueLayout.JAVA_BYTE));
    return sum.getValue();
  }

  @Test
  void random_referenceSeed_givesPublishedWords() {
    TorchGenerator generator = new TorchGenerator(5489);

    assertThat(Integer.toUnsignedLong(generator.random())).isEqualTo(3499211612L);
    assertThat(Integer.toUnsignedLong(generator.random())).isEqualTo(581869302L);
    assertThat(Integer.toUnsignedLong(generator.random())).isEqualTo(3890346734L);
  }

  @Test
  void random64_afterSeed_hasFirstWordOnTop() {
    TorchGenerator words = new TorchGenerator(5489);
    long first = Integer.toUnsignedLong(words.random());
    long second = Integer.toUnsignedLong(words.random());

    assertThat(new TorchGenerator(5489).random64()).isEqualTo(first << 32 | second);
  }

  @Test
  void uniform64_seed0_equalsTorch() {
    TorchGenerator generator = new TorchGenerator(0);

    assertThat(generator.uniform64()).isEqualTo(0.9700530018065531);
    assertThat(generator.uniform64()).isEqualTo(0.707819864399788);
  }

  @Test
  void rand_seed0_equalsTorch() {
    assertThat(draw(0, 9, TorchGenerator::rand))
        .usingExactEquality()
        .containsExactly(
            new float[] {
              0.4962566f,
              0.7682218f,
              0.08847743f,
              0.13203049f,
              0.30742282f,
              0.6340787f,
              0.4900934f,
              0.89644474f,
              0.45562798f
            })
        .inOrder();
  }

  @Test
  void manualSeed_beyond32Bits_countsLow32Alone() {
    float[] expected = {0.8302519f, 0.12611091f};

    assertThat(draw(5, 2, TorchGenerator::rand)).isEqualTo(expected);
    assertThat(draw((1L << 32) + 5, 2, TorchGenerator::rand)).isEqualTo(expected);
    assertThat(draw(-3, 2, TorchGenerator::rand)).isEqualTo(new float[] {0.62486476f, 0.50756115f});
  }

  @Test
  void manualSeed_afterOddNumberOfNormals_forgetsTheSecondOfThePair() {
    Tensor one = Tensor.ofFloats(Shape.of(1), new float[1]);
    TorchGenerator generator = new TorchGenerator(7);
    generator.randn(one);
    generator.manualSeed(0);
    generator.randn(one);

    assertThat(one.getFloat(0)).isEqualTo(1.5409961f);
  }

  @Test
  void randn_16Elements_transformsTheBlock() {
    assertThat(draw(0, 16, TorchGenerator::randn))
        .isEqualTo(
            new float[] {
              -1.1258398f, -1.1523602f, -0.25057858f, -0.4338788f, 0.84871036f, 0.69200915f,
              -0.31601277f, -2.1152194f, 0.32227492f, -1.2633348f, 0.3499832f, 0.30813393f,
              0.11984151f, 1.2376579f, 1.1167772f, -0.24727815f
            });
  }

  @Test
  void randn_17Elements_drawsTheLast16Again() {
    assertThat(draw(0, 17, TorchGenerator::randn))
        .isEqualTo(
            new float[] {
              -1.1258398f, -1.6959312f, 0.5666506f, 0.79350835f, 0.59883946f, -1.5550951f,
              -0.3413604f, 1.8530061f, 0.4680964f, -0.58549756f, -0.17339675f, 0.18347794f,
              1.3893661f, 1.5863342f, 0.94629836f, -0.84367675f, 0.9318266f
            });
  }

  @Test
  void randn_15Elements_takesTheScalarPath() {
    assertThat(checksum(draw(0, 15, TorchGenerator::randn))).isEqualTo(0xe6f537f6L);
  }

  @Test
  void randn_fewElementsTwice_carriesTheSecondOfThePairOver() {
    float[] all = draw(0, 9, TorchGeneratorTest::fiveThenFour);

    assertThat(all)
        .isEqualTo(
            new float[] {
              1.5409961f,
              -0.2934289f,
              -2.1787894f,
              0.56843126f,
              -1.0845224f,
              -1.3985955f,
              0.40334684f,
              0.83802634f,
              -0.7192576f
            });
  }

  private static void fiveThenFour(TorchGenerator generator, Tensor out) {
    generator.randn(Tensor.of(out.dtype(), Shape.of(5), out.data().asSlice(0, 20)));
    generator.randn(Tensor.of(out.dtype(), Shape.of(4), out.data().asSlice(20, 16)));
  }

  @Test
  void randn_manyElements_equalsTorchToTheBit() {
    assertThat(checksum(draw(0, 100_000, TorchGenerator::randn))).isEqualTo(0xe691c6f0L);
    assertThat(checksum(draw(1986, 100_003, TorchGenerator::randn))).isEqualTo(0x2249afc5L);
  }

  @Test
  void normal_withMeanAndDeviation_equalsTorchToTheBit() {
    assertThat(draw(0, 4, (generator, out) -> generator.normal(out, 0.3, 0.01)))
        .isEqualTo(new float[] {0.31540996f, 0.2970657f, 0.2782121f, 0.3056843f});
    assertThat(checksum(draw(0, 10_007, (generator, out) -> generator.normal(out, 0.3, 0.01))))
        .isEqualTo(0x09a0c404L);
  }

  @Test
  void uniform_betweenBounds_equalsTorchToTheBit() {
    float[] drawn = draw(0, 10_007, (generator, out) -> generator.uniform(out, -0.0721, 0.0721));

    assertThat(drawn[0]).isEqualTo(-0.00053979974f);
    assertThat(checksum(drawn)).isEqualTo(0x17016fa3L);
  }

  @Test
  void skip_tenMillionWords_arrivesWhereTorchDoes() {
    TorchGenerator generator = new TorchGenerator(0);
    generator.skip(10_000_000);

    assertThat(generator.uniform()).isEqualTo(0.6972767f);
    assertThat(generator.uniform()).isEqualTo(0.907637f);
  }

  @Test
  void skip_negative_isRefused() {
    TorchGenerator generator = new TorchGenerator(0);

    assertThrows(IllegalArgumentException.class, () -> generator.skip(-1));
  }

  @Property(tries = 200)
  void skip_anyNumberOfWords_equalsDrawingThem(
      @ForAll int seed,
      @ForAll @IntRange(max = 2000) int before,
      @ForAll @IntRange(max = 2000) int n) {
    TorchGenerator drawing = new TorchGenerator(seed);
    TorchGenerator skipping = new TorchGenerator(seed);
    for (int i = 0; i < before; i++) {
      assertThat(skipping.random()).isEqualTo(drawing.random());
    }
    for (int i = 0; i < n; i++) {
      drawing.random();
    }
    skipping.skip(n);

    assertThat(skipping.random()).isEqualTo(drawing.random());
  }

  @Property(tries = 200)
  void skipNormal_anySize_equalsDrawing(@ForAll int seed, @ForAll @IntRange(max = 100) int size) {
    TorchGenerator drawing = new TorchGenerator(seed);
    TorchGenerator skipping = new TorchGenerator(seed);
    drawing.randn(Tensor.ofFloats(Shape.of(size), new float[size]));
    skipping.skipNormal(size);
    float[] expected = new float[3];
    float[] actual = new float[3];
    drawing.randn(Tensor.ofFloats(Shape.of(3), expected));
    skipping.randn(Tensor.ofFloats(Shape.of(3), actual));

    assertThat(actual).isEqualTo(expected);
  }
}
