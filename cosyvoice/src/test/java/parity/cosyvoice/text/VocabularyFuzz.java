package parity.cosyvoice.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** A {@code vocab.json} of any bytes. */
class VocabularyFuzz {
  private static final TokenizerFiles SAMPLE =
      TokenizerFiles.read(TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN"));

  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN"), "vocab.json");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "vocab.json",
        content,
        path -> {
          TokenizerFiles files =
              new TokenizerFiles(path, VocabularyFile.read(path), SAMPLE.merges(), SAMPLE.added());
          SpecialTokens.of(files);
          BytePairEncoding.of(files);
        });
  }
}
