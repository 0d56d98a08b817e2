package parity.tensors.checkpoint;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import parity.tensors.Fuzzing;
import parity.tensors.zip.ZipBytes;

/** Checkpoints with a pickle of any bytes and one storage of 24 bytes. */
class PickleFuzz {
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    byte[] whole =
        new ZipBytes().stored("x/data.pkl", content).stored("x/data/0", new byte[24]).toBytes();
    Fuzzing.readOrRefuse(
        "fuzz.pt",
        whole,
        path -> {
          try (Checkpoint checkpoint = Checkpoint.open(path)) {
            Fuzzing.use(checkpoint);
            assertThat(checkpoint.notTensors()).isNotNull();
          }
        });
  }
}
