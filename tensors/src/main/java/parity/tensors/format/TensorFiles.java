package parity.tensors.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.TensorFile;
import parity.tensors.Text;
import parity.tensors.checkpoint.Checkpoint;
import parity.tensors.checkpoint.CheckpointArchive;
import parity.tensors.file.MappedFile;
import parity.tensors.zip.ZipContent;
import parity.tensors.zip.ZipDirectory;

/** Opens any file of tensors by what is in it, whatever it is called. */
public final class TensorFiles {
  private static final String EXPECTED =
      Safetensors.EXPECTED + ", " + Checkpoint.EXPECTED + " or " + Npz.EXPECTED;

  private static final List<String> ENDINGS =
      List.of(".safetensors", ".npz", ".npy", ".pt", ".pth");

  private static final int SHOWN = 8;

  private TensorFiles() {}

  /** How files of tensors are called, for messages. */
  public static final String CALLED = ".safetensors, .npz, .npy or .pt";

  /** Whether a file is called as files of tensors are. */
  public static boolean isCalledSo(Path path) {
    String name = path.getFileName().toString();
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * Opens a safetensors file, a PyTorch checkpoint or a NumPy file. Where the format has checksums
   * all of them are checked, which reads the whole file.
   *
   * @throws BadInputException if it is none of these, or anything about it is wrong
   */
  public static TensorFile open(Path path) {
    return MappedFile.open(path, EXPECTED, TensorFiles::read);
  }

  private static TensorFile read(MappedFile file) {
    if (ZipDirectory.isZip(file)) {
      return readZip(file, ZipDirectory.read(file));
    }
    if (Npz.isNpy(file)) {
      return Npz.read(file);
    }
    if (Checkpoint.isLegacy(file)) {
      return Checkpoint.read(file);
    }
    if (Safetensors.isSafetensors(file)) {
      return Safetensors.read(file);
    }
    byte[] start = file.bytes().asSlice(0, Math.min(SHOWN, file.size())).toArray(Little.BYTE);
    throw file.bad(
        "begins with "
            + Text.quote(new String(start, StandardCharsets.ISO_8859_1))
            + "; expected "
            + EXPECTED);
  }

  private static TensorFile readZip(MappedFile file, Map<String, ZipDirectory.Member> members) {
    if (members.keySet().stream().anyMatch(CheckpointArchive::isPickle)) {
      ZipContent.requireSound(file, members.values());
      return Checkpoint.read(file, members);
    }
    if (members.keySet().stream().anyMatch(name -> name.endsWith(Npz.SUFFIX))) {
      return Npz.read(file, members);
    }
    throw file.bad("is a zip file with neither data.pkl nor .npy in it; expected " + EXPECTED);
  }
}
