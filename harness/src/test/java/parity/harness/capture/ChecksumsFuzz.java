package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import parity.tensors.Fuzzing;

/** A {@code checksums.txt} of any bytes. */
class ChecksumsFuzz {
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "checksums.txt", content, path -> assertThat(Checksums.read(path).files()).isNotNull());
  }
}
