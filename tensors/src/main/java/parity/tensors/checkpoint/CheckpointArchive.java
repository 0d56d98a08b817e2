package parity.tensors.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.Text;
import parity.tensors.file.FileSlice;
import parity.tensors.file.MappedFile;
import parity.tensors.file.Sha256;
import parity.tensors.zip.ZipDirectory;

/**
 * The zip file of a PyTorch checkpoint: all members are in one folder and stored as they are.
 *
 * @param root the folder, {@code flow/} for {@code flow/data.pkl}
 */
public record CheckpointArchive(
    MappedFile file, String root, Map<String, ZipDirectory.Member> members) {
  static final String PICKLE = "data.pkl";

  /**
   * Finds the pickle and checks the byte order.
   *
   * @throws BadInputException if there is not one pickle, or the numbers are big-endian
   */
  static CheckpointArchive of(MappedFile file, Map<String, ZipDirectory.Member> members) {
    List<String> pickles = members.keySet().stream().filter(CheckpointArchive::isPickle).toList();
    if (pickles.size() != 1) {
      throw file.bad(
          "is a zip file with "
              + pickles.size()
              + " data.pkl in it; "
              + Checkpoint.EXPECTED
              + " has one");
    }
    String pickle = pickles.getFirst();
    CheckpointArchive archive =
        new CheckpointArchive(
            file, pickle.substring(0, pickle.length() - PICKLE.length()), members);
    archive.requireOneFolder();
    archive.requireLittleEndian();
    return archive;
  }

  /** Whether a member's name is that of a checkpoint's pickle. */
  public static boolean isPickle(String name) {
    return name.matches("[^/]+/data\\.pkl");
  }

  /** Where a member stands; {@code name} without the folder. */
  FileSlice get(String name) {
    return find(name).orElseThrow(() -> file.bad("lacks its member " + Text.quote(root + name)));
  }

  MemorySegment bytes(FileSlice slice) {
    return file.bytes().asSlice(slice.offset(), slice.length());
  }

  /**
   * What all members are, told from the directory alone: SHA-256 of their names, sizes and CRC-32s,
   * whatever the folder is called and in whatever order they stand.
   */
  String fingerprint() {
    TreeMap<String, ZipDirectory.Member> sorted = new TreeMap<>();
    members.forEach((name, member) -> sorted.put(name.substring(root.length()), member));
    MessageDigest digest = Sha256.start();
    sorted.forEach((name, member) -> {
      String line = "%s %d %08x\n".formatted(name, member.size(), member.crc());
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  private Optional<FileSlice> find(String name) {
    ZipDirectory.Member member = members.get(root + name);
    if (member == null) {
      return Optional.empty();
    }
    if (member.method() != ZipDirectory.STORED) {
      throw file.bad(
          "its member "
              + Text.quote(member.name())
              + " is compressed; torch.save stores them, so save it again");
    }
    return Optional.of(new FileSlice(file.path(), member.offset(), member.size()));
  }

  private void requireOneFolder() {
    for (String name : members.keySet()) {
      if (!name.startsWith(root)) {
        throw file.bad(
            "has its member "
                + Text.quote(name)
                + " outside the folder "
                + Text.quote(root)
                + " of its data.pkl; torch.save puts all into one, so this was packed otherwise");
      }
    }
  }

  private void requireLittleEndian() {
    Optional<FileSlice> order = find("byteorder");
    if (order.isPresent() && !Little.startsWith(bytes(order.get()), 'l', 'i', 't', 't', 'l', 'e')) {
      throw file.bad("its byteorder is not little; save it again on a little-endian machine");
    }
  }
}
