package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.cosyvoice.SampleCapture;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.tensors.Fuzzing;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A kept voice of any bytes. */
class VoiceFuzz {
  private static final CosyVoiceConfig CONFIG = CosyVoiceConfigReader.read(SampleCapture.MODEL);
  private static final String MODEL = "0123456789abcdef";

  static Stream<Arguments> seeds() throws IOException {
    Path folder = Fuzzing.subfolder("seeds");
    int mel = CONFIG.flow().outputSize();
    int embedding = CONFIG.spkEmbedDim();
    Voice voice =
        new Voice(
            Tensor.ofInts(Shape.of(1, 2), 3, 4),
            Tensor.ofFloats(Shape.of(1, 2, mel), new float[2 * mel]),
            Tensor.ofFloats(Shape.of(1, embedding), new float[embedding]),
            Optional.of("said"),
            MODEL);
    VoiceFile.write(folder.resolve("voice"), voice);
    return Fuzzing.seeds(folder, "voice");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "fuzz.voice", content, path -> assertThat(VoiceFile.read(path, CONFIG, MODEL)).isNotNull());
  }
}
