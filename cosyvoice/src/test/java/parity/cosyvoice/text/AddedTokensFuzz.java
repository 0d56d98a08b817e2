package parity.cosyvoice.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** A {@code tokenizer_config.json} of any bytes. */
class AddedTokensFuzz {
  private static final TokenizerFiles SAMPLE =
      TokenizerFiles.read(TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN"));

  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(
        TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN"), "tokenizer_config.json");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "tokenizer_config.json",
        content,
        path ->
            SpecialTokens.of(
                new TokenizerFiles(
                    path, SAMPLE.vocabulary(), SAMPLE.merges(), AddedTokensFile.read(path))));
  }
}
