package parity.cosyvoice.config;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** A {@code cosyvoice3.yaml} of any bytes. */
class CosyVoiceConfigFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(Path.of("..", "samples", "model"), CosyVoiceConfigReader.FILE_NAME);
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Path model = Fuzzing.subfolder("model");
    Fuzzing.readOrRefuse(
        model.resolve(CosyVoiceConfigReader.FILE_NAME),
        content,
        path -> assertThat(CosyVoiceConfigReader.read(model)).isNotNull());
  }
}
