package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.TensorFile;
import parity.tensors.checkpoint.Checkpoint;
import parity.tensors.pickle.PickleBytes;
import parity.tensors.zip.ZipBytes;

class TensorFilesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parity/tensors");
  private static final String EXPECTED =
      "a safetensors file, a PyTorch checkpoint (.pt or .bin) or a NumPy file (.npz or .npy)";

  private static final long[] SIX = {6};
  private static final long[] ONE = {1};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "torch.pt, Checkpoint",
    "numpy.npz, Npz",
    "numpy_compressed.npz, Npz",
    "single.npy, Npz"
  })
  void open_byContent_whateverTheName(String name, String type) throws IOException {
    Path path = folder.resolve("no.ending");
    Files.copy(FIXTURES.resolve(name), path);
    try (TensorFile file = TensorFiles.open(path)) {
      assertThat(file.getClass().getSimpleName()).isEqualTo(type);
    }
  }

  @Test
  void open_safetensors_isOne() {
    try (TensorFile file =
        TensorFiles.open(Path.of("../samples/capture/frontend_artifacts.safetensors"))) {
      assertThat(file).isInstanceOf(Safetensors.class);
      assertThat(file.info("whisper_mel").dtype()).isEqualTo(DType.F32);
    }
  }

  @Test
  void open_whatIsNoFile_saysWhatWasExpected() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertRefused(missing, "no such file; expected " + EXPECTED);
    assertRefused(folder, "is a folder; expected " + EXPECTED);
    assertRefused(empty, "is empty; expected " + EXPECTED + ", so get it again");
    assertRefused(empty.resolve("below"), "cannot be read (Not a directory); expected " + EXPECTED);
  }

  @Test
  void open_foreignFile_showsHowItBegins() throws IOException {
    Path path = folder.resolve("x");
    Files.writeString(path, "<!DOCTYPE html>\n<html>");
    assertRefused(path, "begins with '<!DOCTYP'; expected " + EXPECTED);
    Files.write(path, new byte[] {0, '\n'});
    assertRefused(path, "begins with '\\u0000\\u000a'; expected " + EXPECTED);
    Files.write(path, new ZipBytes().stored("a.txt", new byte[3]).toBytes());
    assertRefused(path, "is a zip file with neither data.pkl nor .npy in it; expected " + EXPECTED);
    Files.write(path, new ZipBytes().toBytes());
    assertRefused(path, "is a zip file with neither data.pkl nor .npy in it; expected " + EXPECTED);
    assertRefused(
        FIXTURES.resolve("legacy.pt"),
        "is in PyTorch's format from before 1.6; load it there and torch.save it again with the"
            + " default format");
  }

  @Test
  void open_memberWithAnotherSum_isNamedWhetherATensorNeedsItOrNot() throws IOException {
    byte[] pickle = new PickleBytes().op('}').tensor("w", 6, 0, SIX, ONE).op('s', '.').toBytes();
    for (String damaged : new String[] {"x/data.pkl", "x/data/0", "x/data/1", "x/version"}) {
      ZipBytes zip = new ZipBytes();
      for (String name : new String[] {"x/data.pkl", "x/data/0", "x/data/1", "x/version"}) {
        zip.crcError = name.equals(damaged) ? 1 : 0;
        zip.stored(name, name.endsWith("pkl") ? pickle : new byte[24]);
      }
      Path path = Files.write(folder.resolve("x.pt"), zip.toBytes());
      assertRefused(path, "its member '" + damaged + "' is damaged; get the file again");
      try (Checkpoint unchecked = Checkpoint.open(path)) {
        assertThat(unchecked.names()).containsExactly("w");
      }
    }
  }

  @Test
  void open_deflatedMemberThatNoTensorNeeds_isCheckedToo() throws IOException {
    byte[] pickle = new PickleBytes().op('}').tensor("w", 6, 0, SIX, ONE).op('s', '.').toBytes();
    for (int error : new int[] {0, 1}) {
      ZipBytes zip = new ZipBytes().stored("x/data.pkl", pickle).stored("x/data/0", new byte[24]);
      zip.crcError = error;
      Path path =
          Files.write(folder.resolve("x.pt"), zip.deflated("x/code", new byte[200_000]).toBytes());
      if (error == 0) {
        TensorFiles.open(path).close();
      } else {
        assertRefused(path, "its member 'x/code' is damaged; get the file again");
      }
    }
  }

  private static void assertRefused(Path path, String message) {
    var e = assertThrows(BadInputException.class, () -> TensorFiles.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }
}
