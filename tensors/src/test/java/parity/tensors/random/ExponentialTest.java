package parity.tensors.random;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Expected numbers are what PyTorch drew for {@code make_exponential.py}, which is beside them. */
final class ExponentialTest {
  private static final Path DRAWN =
      Path.of("src", "test", "resources", "parity", "tensors", "random", "exponential.safetensors");

  /** How far apart two floats are, in floats. */
  private static int steps(float a, float b) {
    return Math.abs(Float.floatToIntBits(a) - Float.floatToIntBits(b));
  }

  private static Tensor exponential(TorchGenerator generator, long size) {
    Tensor out = Tensor.ofFloats(Shape.of(size), new float[Math.toIntExact(size)]);
    generator.exponential(out);
    return out;
  }

  private static List<String> names(TensorFile file, String prefix) {
    return file.names().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
  }

  @Test
  void exponential_drawsOfTorch_mostAreEqualAndTheOthersNext() {
    int equal = 0;
    int all = 0;
    try (TensorFile drawn = Safetensors.open(DRAWN)) {
      for (String first : names(drawn, "seed.").stream().filter(n -> n.endsWith("#0")).toList()) {
        String stem = first.substring("seed.".length(), first.length() - 2);
        var generator = new TorchGenerator(Long.parseLong(stem));
        for (int k = 0; drawn.contains("seed." + stem + "#" + k); k++) {
          Tensor expected = drawn.get("seed." + stem + "#" + k);
          Tensor actual = exponential(generator, expected.elements());
          for (long i = 0; i < expected.elements(); i++) {
            int apart = steps(actual.getFloat(i), expected.getFloat(i));
            assertWithMessage("seed %s, draw %s, number %s", stem, k, i).that(apart).isAtMost(1);
            equal += apart == 0 ? 1 : 0;
            all++;
          }
        }
      }
    }

    assertThat(all).isEqualTo(20 * 26 + 6761 + 7 + 20003 + 800 + 801 + 3 + 6761);
    assertThat((double) equal / all).isGreaterThan(0.92);
  }

  @Test
  void next_wordsAtTheEdges_areAsMklHasThem() {
    try (TensorFile drawn = Safetensors.open(DRAWN)) {
      List<String> words = names(drawn, "word.");
      for (String name : words) {
        var uniform =
            new Mcg31((int) Long.parseLong(name.substring("word.".length())), MklUniform.EXACT);
        float[] expected = drawn.get(name).toFloats();
        for (float number : expected) {
          float actual = Math.max((float) -Math.log(uniform.next()), Float.MIN_NORMAL);
          assertWithMessage(name).that(steps(actual, number)).isAtMost(1);
        }
      }

      assertThat(words).hasSize(9);
      assertThat(drawn.get("word.2147483583").getFloat(0)).isEqualTo(Float.MIN_NORMAL);
      assertThat(drawn.get("word.0").toFloats()).isEqualTo(drawn.get("word.1").toFloats());
    }
  }

  /**
   * Numbers that PyTorch 2.3.1 drew on an Intel Xeon with AVX-512 ({@code
   * torch.empty(n).exponential_(1, generator=g)}), where those that come of exact uniform numbers
   * are farther off.
   */
  @ParameterizedTest
  @CsvSource({
    "59,1,1037802009",
    "59,26,1053096795",
    "15,60,1051764089",
    "0,377,1050412954",
    "1,345,1055500192"
  })
  void exponential_scaledUniform_isWhatAvx512Draws(long seed, int index, int bits) {
    float drawn = Float.intBitsToFloat(bits);
    Tensor scaled = exponential(new TorchGenerator(seed, MklUniform.SCALED), index + 1);
    Tensor exact = exponential(new TorchGenerator(seed, MklUniform.EXACT), index + 1);

    assertThat(steps(scaled.getFloat(index), drawn)).isAtMost(2);
    assertThat(steps(exact.getFloat(index), drawn))
        .isGreaterThan(steps(scaled.getFloat(index), drawn));
  }

  @Property(tries = 200)
  void next_anyWord_isAboveZeroAndAtMostOne(@ForAll int word, @ForAll MklUniform how) {
    var uniform = new Mcg31(word, how);
    IntStream.range(0, 50)
        .forEach(i -> {
          float number = uniform.next();
          assertThat(number).isGreaterThan(0f);
          assertThat(number).isAtMost(1f);
        });
  }

  @Property(tries = 50)
  void exponential_anySize_takesOneWord(@ForAll long seed) {
    var drawing = new TorchGenerator(seed);
    var skipping = new TorchGenerator(seed);
    exponential(drawing, 100);
    skipping.skip(1);

    assertThat(drawing.random()).isEqualTo(skipping.random());
  }
}
