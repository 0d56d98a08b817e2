package parity.tensors.checkpoint;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;
import parity.tensors.pickle.PickleBytes;
import parity.tensors.zip.ZipBytes;

class CheckpointVerifyTest {
  /** More than two blocks, so that a member begins in one and ends in another. */
  private static final byte[] LARGE = new byte[(5 << 20) / 2];

  @TempDir Path folder;

  private static byte[] pickle() {
    return new PickleBytes().op('}', '.').toBytes();
  }

  private Path write(ZipBytes zip) throws IOException {
    return Files.write(folder.resolve("x.pt"), zip.toBytes());
  }

  private List<String> verify(ZipBytes zip) throws IOException {
    Path file = write(zip);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      List<String> wrong = checkpoint.verify((bytes, length) -> seen.write(bytes, 0, length));
      assertThat(seen.toByteArray()).isEqualTo(Files.readAllBytes(file));
      return wrong;
    }
  }

  @Test
  void verify_allAsItWasWritten_findsNothingAndHandsOnEveryByte() throws IOException {
    ZipBytes zip =
        new ZipBytes()
            .stored("x/data.pkl", pickle())
            .stored("x/data/0", LARGE)
            .stored("x/data/1", new byte[0])
            .stored("x/version", new byte[] {'3'});
    assertThat(verify(zip)).isEmpty();
  }

  @Test
  void verify_memberWithOtherBytes_isNamedWithBothSums() throws IOException {
    ZipBytes zip = new ZipBytes().stored("x/data.pkl", pickle());
    zip.crcError = 1;
    zip.stored("x/data/0", LARGE).stored("x/data/1", LARGE);
    assertThat(verify(zip)).hasSize(1);
    assertThat(verify(zip).getFirst())
        .matches("'x/data/0' has CRC-32 \\p{XDigit}{8}, not \\p{XDigit}{8} as it was written");
  }

  @Test
  void verify_flippedBitAtTheEndsOfAMember_isFound() throws IOException {
    ZipBytes zip = new ZipBytes().stored("x/data.pkl", pickle()).stored("x/data/0", LARGE);
    byte[] whole = zip.toBytes();
    int begin = 30 + "x/data.pkl".length() + pickle().length + 30 + "x/data/0".length();
    for (int at : new int[] {begin, begin + LARGE.length - 1, begin + (1 << 20)}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 16;
      Path file = Files.write(folder.resolve("flipped.pt"), flipped);
      try (Checkpoint checkpoint = Checkpoint.open(file)) {
        assertThat(checkpoint.verify((bytes, length) -> {})).hasSize(1);
      }
    }
  }

  @Test
  void verify_compressedMember_isSaidNotToBeRead() throws IOException {
    ZipBytes zip = new ZipBytes().stored("x/data.pkl", pickle()).deflated("x/data/0", LARGE);
    assertThat(verify(zip)).containsExactly("'x/data/0' is compressed, and was not read");
  }

  @Test
  void verify_membersOneUponAnother_isRefused() throws IOException {
    ZipBytes zip = new ZipBytes().stored("x/data.pkl", pickle());
    zip.stored("x/data/0", new byte[50]);
    zip.offset = -(30 + "x/data/0".length() + 50);
    zip.stored("x/data/1", new byte[50]);
    Path file = write(zip);
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      BadInputException refused =
          assertThrows(BadInputException.class, () -> checkpoint.verify((bytes, length) -> {}));
      assertThat(refused).hasMessageThat().contains("inside of another");
    }
  }

  @Test
  void notTensors_ofAStateDict_areWhatStandsUnderItsOwnKeys() throws IOException {
    byte[] pickle =
        new PickleBytes()
            .op('}', '(')
            .text("epoch")
            .number(5)
            .text("name")
            .text("three")
            .text("model")
            .op('}', '(')
            .text("weight")
            .number(1)
            .op('u')
            .number(7)
            .op('N', 'u', '.')
            .toBytes();
    try (Checkpoint file = Checkpoint.open(write(new ZipBytes().stored("x/data.pkl", pickle)))) {
      assertThat(file.notTensors())
          .containsExactly(
              "epoch", "the number 5", "name", "the text 'three'", "model", "a dict", "7", "None");
      assertThat(file.members()).isEqualTo(1);
    }
  }

  @Test
  void notTensors_ofSomethingElse_isThat() throws IOException {
    byte[] pickle = new PickleBytes().op(']', '.').toBytes();
    try (Checkpoint file = Checkpoint.open(write(new ZipBytes().stored("x/data.pkl", pickle)))) {
      assertThat(file.notTensors()).containsExactly("value", "a list");
    }
  }
}
