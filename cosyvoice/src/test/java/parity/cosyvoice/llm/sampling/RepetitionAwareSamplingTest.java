package parity.cosyvoice.llm.sampling;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.random.TorchGenerator;

/** Expected tokens are what upstream chose for {@code make_sampling.py}, which is beside them. */
final class RepetitionAwareSamplingTest {
  private static final Path CHOSEN =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "llm", "sampling.safetensors");
  private static final String SCORES = ".scores";

  private static RepetitionAwareSampling sampling(Tensor parameters) {
    return new RepetitionAwareSampling(
        parameters.getDouble(0),
        (int) parameters.getDouble(1),
        (int) parameters.getDouble(2),
        parameters.getDouble(3));
  }

  @Test
  void sample_casesOfUpstream_areItsTokens() {
    try (TensorFile chosen = Safetensors.open(CHOSEN)) {
      List<String> cases =
          chosen.names().stream()
              .filter(name -> name.endsWith(SCORES))
              .map(name -> name.substring(0, name.length() - SCORES.length()))
              .toList();
      assertThat(cases).hasSize(13);
      for (String name : cases) {
        float[] scores = chosen.get(name + SCORES).toFloats();
        List<Integer> decoded =
            Arrays.stream(chosen.get(name + ".decoded").toInts()).boxed().toList();
        var sampling = sampling(chosen.get(name + ".parameters"));
        int[] expected = chosen.get(name + ".token").toInts();
        int[] actual =
            IntStream.range(0, expected.length)
                .map(i -> sampling.sample(scores, decoded, Multinomial.of(new TorchGenerator(i))))
                .toArray();

        assertWithMessage(name).that(actual).isEqualTo(expected);
      }
    }
  }

  @Test
  void sample_repeated_choosesAmongAllButThatOne() {
    var sampling = new RepetitionAwareSampling(0.8, 1, 10, 0.1);
    List<Tensor> asked = new ArrayList<>();
    Multinomial first =
        prob -> {
          asked.add(prob);
          return 0;
        };
    int token = sampling.sample(new float[] {-1, -2, -1}, List.of(0), first);

    assertThat(token).isEqualTo(0);
    assertThat(asked.get(0).elements()).isEqualTo(1);
    assertThat(asked.get(1).elements()).isEqualTo(3);
    assertThat(asked.get(1).getFloat(0)).isEqualTo(0f);
    assertThat(asked.get(1).getFloat(1) + asked.get(1).getFloat(2)).isWithin(1e-6f).of(1f);
  }

  @Test
  void choice_equalQuotients_firstWins() {
    Tensor prob = Tensor.ofFloats(Shape.of(4), 0, 0.25f, 0.5f, 0.25f);
    Tensor draw = Tensor.ofFloats(Shape.of(4), Float.MIN_NORMAL, 1, 2, 2);

    assertThat(Multinomial.choice(prob, draw)).isEqualTo(1);
  }

  @Test
  void choice_quotientsThatOverflow_firstOfThemWins() {
    Tensor prob = Tensor.ofFloats(Shape.of(3), 0.9f, 0.1f, 0.2f);
    Tensor draw = Tensor.ofFloats(Shape.of(3), 0.1f, Float.MIN_VALUE, Float.MIN_VALUE);

    assertThat(Multinomial.choice(prob, draw)).isEqualTo(1);
  }

  /** What upstream writes: sort everything, then take from the front. */
  private static int[] sortedNucleus(float[] prob, double topP, int topK) {
    List<Integer> order =
        IntStream.range(0, prob.length)
            .boxed()
            .sorted((a, b) -> Float.compare(prob[b], prob[a]))
            .toList();
    List<Integer> taken = new ArrayList<>();
    float sum = 0;
    for (int id : order) {
      if (sum < (float) topP && taken.size() < topK) {
        sum += prob[id];
        taken.add(id);
      }
    }
    return taken.stream().mapToInt(Integer::intValue).toArray();
  }

  @Property
  void nucleus_anyProbabilities_isTheFrontOfTheSorted(
      @ForAll @Size(min = 1, max = 60) List<@FloatRange(min = 0, max = 0.2f) Float> values) {
    float[] prob = new float[values.size()];
    for (int i = 0; i < prob.length; i++) {
      // Coarse, so that some are equal.
      prob[i] = Math.round(values.get(i) * 50) / 50f;
    }
    for (int topK : new int[] {1, 3, 25, 100}) {
      Nucleus nucleus = Nucleus.of(prob, 0.8, topK);
      int[] expected = sortedNucleus(prob, 0.8, topK);
      int[] actual =
          IntStream.range(0, (int) nucleus.prob().elements()).map(nucleus::token).toArray();

      assertThat(actual).isEqualTo(expected);
    }
  }
}
