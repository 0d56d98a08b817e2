package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parity.cosyvoice.onnx.Engine;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

final class FlowStreamTest {
  /** -100 dB. */
  private static final double LIMIT = 1e-5;

  private final Arena arena = Arena.ofConfined();
  private final Sample sample = Sample.open();

  @AfterEach
  void close() {
    sample.close();
    arena.close();
  }

  private Flow flow(int nTimesteps) {
    return new Flow(Sample.config(), sample.weights(), new FlowOptions(Engine.of(1), nTimesteps));
  }

  private FlowStream stream(Flow flow, LastChunk lastChunk) {
    FlowInput input = sample.input(true, true);
    return flow.stream(
        input.promptToken(), input.promptFeat(), input.embedding(), sample.randNoise(), lastChunk);
  }

  private static Tensor tokens(int... ids) {
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }

  private static Tensor some(int count) {
    return tokens(new Random(1).ints(count, 0, 6561).toArray());
  }

  private FlowInput input(Tensor token, boolean streaming, boolean isFinal) {
    FlowInput input = sample.input(true, true);
    return new FlowInput(
        token, input.promptToken(), input.promptFeat(), input.embedding(), streaming, isFinal);
  }

  @ParameterizedTest
  @EnumSource
  void add_twoChunks_areTheNewEndsOfRunsOverAll(LastChunk lastChunk) {
    int prompt = Math.toIntExact(sample.input(true, true).promptToken().elements());
    int first = 100 - prompt + 3;
    try (Flow flow = flow(10);
        FlowStream stream = stream(flow, lastChunk)) {
      Tensor one = stream.add(some(first), false, arena);
      Tensor two = stream.add(some(first + 40), true, arena);

      Tensor expectedOne =
          flow.inference(input(some(first), true, false), sample.randNoise(), arena);
      Tensor expectedTwo =
          flow.inference(
              input(some(first + 40), lastChunk == LastChunk.BLOCKS, true),
              sample.randNoise(),
              arena);
      requireEnd(one, expectedOne, 0);
      requireEnd(two, expectedTwo, one.shape().dim(2));
    }
  }

  private void requireEnd(Tensor fresh, Tensor all, long from) {
    Tensor end = Tensors.narrow(all, -1, from, all.shape().dim(2) - from, arena);
    assertThat(fresh.shape()).isEqualTo(end.shape());
    assertWithMessage("from %s", from).that(Sample.relativeL2(fresh, end)).isAtMost(LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"29, false", "30, false", "29, true"})
  void add_noMoreTokens_isRefused(int count, boolean isFinal) {
    try (Flow flow = flow(1);
        FlowStream stream = stream(flow, LastChunk.BLOCKS)) {
      stream.add(some(30), false, arena);

      var e = assertThrows(BadInputException.class, () -> stream.add(some(count), isFinal, arena));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              count
                  + " tokens, but the call before had 30; give all tokens from the first on, new"
                  + " ones behind them");
    }
  }

  @Test
  void add_otherTokens_isRefusedByTheFirst() {
    try (Flow flow = flow(1);
        FlowStream stream = stream(flow, LastChunk.BLOCKS)) {
      stream.add(tokens(1, 2, 3, 4, 5, 6), false, arena);

      var e =
          assertThrows(
              BadInputException.class, () -> stream.add(tokens(1, 2, 7, 4, 5, 8, 9), true, arena));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              "token[2] is 7 and was 3 in the call before; what was spoken cannot be changed, open"
                  + " another stream");
    }
  }

  @Test
  void add_tokenBeyondTheVocabulary_isRefusedAndTheStreamGoesOn() {
    try (Flow flow = flow(1);
        FlowStream stream = stream(flow, LastChunk.BLOCKS)) {
      var e =
          assertThrows(
              BadInputException.class, () -> stream.add(tokens(1, 6561, 3, 4), false, arena));
      assertThat(e).hasMessageThat().contains("token[1] is 6561");

      assertThat(stream.add(tokens(1, 2, 3, 4), false, arena).shape().dim(2)).isEqualTo(2);
    }
  }

  @Test
  void add_afterTheEndOrTheClose_isRefused() {
    try (Flow flow = flow(1)) {
      FlowStream stream = stream(flow, LastChunk.BLOCKS);
      stream.add(some(5), true, arena);
      var ended = assertThrows(IllegalStateException.class, () -> stream.add(some(9), true, arena));
      assertThat(ended).hasMessageThat().isEqualTo("the utterance has ended; open another stream");
      stream.close();
      stream.close();

      var closed =
          assertThrows(IllegalStateException.class, () -> stream.add(some(9), true, arena));
      assertThat(closed)
          .hasMessageThat()
          .isEqualTo("the utterance has been closed; open another stream");
    }
  }
}
