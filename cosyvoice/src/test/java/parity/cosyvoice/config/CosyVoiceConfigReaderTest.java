package parity.cosyvoice.config;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CosyVoiceConfigReaderTest {
  private static final Path SAMPLE = Path.of("..", "samples", "model");

  @TempDir Path folder;

  @Test
  void read_sample_givesEveryValueOfTheFile() {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(SAMPLE);

    assertThat(config)
        .isEqualTo(
            new CosyVoiceConfig(
                24000,
                192,
                new LlmConfig(32, 32, 6561, 0.8, 25, 10, 0.1),
                new FlowConfig(
                    80,
                    80,
                    192,
                    6561,
                    2,
                    3,
                    64,
                    new CfmConfig(0.7, true),
                    new DitConfig(64, 3, 4, 16, 2, 80, 80, 80, 80, 50)),
                new HiftConfig(
                    80,
                    64,
                    8,
                    24000,
                    0.1,
                    0.003,
                    10,
                    List.of(8, 5, 3),
                    List.of(16, 11, 7),
                    16,
                    4,
                    List.of(3, 7, 11),
                    List.of(List.of(1, 3, 5), List.of(1, 3, 5), List.of(1, 3, 5)),
                    List.of(7, 7, 11),
                    List.of(List.of(1, 3, 5), List.of(1, 3, 5), List.of(1, 3, 5)),
                    0.1,
                    0.99,
                    4,
                    new F0PredictorConfig(1, 80, 32)),
                new MelConfig(1920, 80, 24000, 480, 1920, 0, OptionalDouble.empty(), false)));
  }
}
