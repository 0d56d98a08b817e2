package parity.cosyvoice.frontend;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class ZeroShotPromptTest {
  @ParameterizedTest
  @CsvSource({
    "95, 48, 47",
    "96, 48, 48",
    "97, 48, 48",
    "120, 48, 48",
    "4, 5, 2",
    "1, 1, 0",
    "6, 0, 0"
  })
  void trim_keepsTwoFramesAToken(int frames, int tokens, int kept) {
    Tensor speechTokens = Tensor.ofInts(Shape.of(1, tokens), IntStream.range(0, tokens).toArray());
    float[] mel = new float[frames * 80];
    for (int i = 0; i < mel.length; i++) {
      mel[i] = i;
    }
    Tensor speechFeat = Tensor.ofFloats(Shape.of(1, frames, 80), mel);

    ZeroShotPrompt prompt = ZeroShotPrompt.trim(speechTokens, speechFeat);

    assertThat(prompt.speechToken().shape()).isEqualTo(Shape.of(1, kept));
    assertThat(prompt.speechFeat().shape()).isEqualTo(Shape.of(1, 2L * kept, 80));
    assertThat(prompt.speechToken().toInts()).isEqualTo(IntStream.range(0, kept).toArray());
    assertThat(prompt.speechFeat().toFloats()).isEqualTo(Arrays.copyOf(mel, 2 * kept * 80));
  }
}
