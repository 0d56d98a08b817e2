package parity.cosyvoice.llm.qwen2;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.cosyvoice.SampleCapture;
import parity.tensors.Fuzzing;

/** A {@code config.json} of any bytes. */
class Qwen2ConfigFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(SampleCapture.MODEL.resolve("CosyVoice-BlankEN"), "config.json");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Path folder = Fuzzing.subfolder("CosyVoice-BlankEN");
    Fuzzing.readOrRefuse(
        folder.resolve("config.json"),
        content,
        path ->
            assertThat(Qwen2ConfigReader.read(folder.resolveSibling("")).headDim())
                .isGreaterThan(0));
  }
}
