package parity.harness.port.java;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import parity.tensors.Fuzzing;

/** A {@code debug_artifacts.wav} of any bytes. */
class WaveformFuzz {
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "debug_artifacts.wav",
        content,
        path -> {
          try (Arena arena = Arena.ofConfined()) {
            assertThat(WaveformFile.read(path, arena)).isNotNull();
          }
        });
  }
}
