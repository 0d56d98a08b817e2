package parity.tensors.zip;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;
import parity.tensors.file.MappedFile;

class ZipDirectoryTest {
  private static final byte[] DATA = {1, 2, 3};

  /** From the end: the record that ends a zip file, its 64-bit locator, its 64-bit twin. */
  private static final int END = 22;

  private static final int LOCATOR = END + 20;
  private static final int END64 = LOCATOR + 56;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void read_soundZip_saysWhereTheBytesStand(boolean wide) throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.wide = wide;
    zip.stored("a/ü", DATA).deflated("b", new byte[1000]).stored("empty", new byte[0]);
    Path path = write(zip.toBytes());
    List<ZipDirectory.Member> members = List.copyOf(read(path).values());
    assertThat(members.stream().map(ZipDirectory.Member::name).toList())
        .containsExactly("a/ü", "b", "empty")
        .inOrder();
    assertThat(members.get(0).offset()).isEqualTo(30 + 4);
    assertThat(members.get(0).stored()).isEqualTo(3);
    assertThat(members.get(1).size()).isEqualTo(1000);
    assertThat(members.get(1).stored()).isLessThan(50);
    assertThat(members.get(2).size()).isEqualTo(0);
  }

  @Test
  void read_commentAtTheEnd_isSteppedOver() throws IOException {
    byte[] zip = new ZipBytes().stored("a", DATA).toBytes();
    ByteBuffer longer = ByteBuffer.allocate(zip.length + 5).order(ByteOrder.LITTLE_ENDIAN);
    longer.put(zip).putShort(zip.length - 2, (short) 5);
    assertThat(read(write(longer.array())).keySet()).containsExactly("a");
  }

  static Stream<Arguments> members() {
    return Stream.of(
        member(zip -> zip.flags = 1, "its member 'a' is encrypted"),
        member(
            zip -> zip.method = 12,
            "its member 'a' is compressed by method 12; only stored and deflated are read"),
        member(
            zip -> zip.extraSize = 1000,
            "its member 'a' reaches past the end of the file: 1003 bytes from 31"),
        member(
            zip -> zip.extraSize = -5,
            "its member 'a' reaches past the end of the file: 4294967294 bytes from 31"),
        member(zip -> zip.offset = 1, "its member 'a' is not where the directory says, at byte 1"),
        member(
            zip -> zip.offset = 1 << 30,
            "its member 'a' is not where the directory says, at byte 1073741824"));
  }

  @ParameterizedTest
  @MethodSource("members")
  void read_unsoundMember_isNamed(Consumer<ZipBytes> lie, String message) throws IOException {
    ZipBytes zip = new ZipBytes();
    lie.accept(zip);
    assertRefused(zip.stored("a", DATA).toBytes(), message);
  }

  @Test
  void read_wideMemberThatIsUnsound_isNamed() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.wide = true;
    zip.offset = -1;
    assertRefused(
        zip.stored("a", DATA).toBytes(),
        "its member 'a' is not where the directory says, at byte -1");
    byte[] short64 = new ZipBytes().stored("a", DATA).toBytes();
    little(short64).putInt(short64.length - END - 47 + 24, -1);
    assertRefused(short64, "its member 'a' lacks the 64-bit sizes that it points to");
  }

  @Test
  void read_sizesThatDiffer_areRefused() throws IOException {
    byte[] zip = new ZipBytes().stored("a", DATA).toBytes();
    little(zip).putInt(zip.length - END - 47 + 24, 4);
    assertRefused(zip, "its member 'a' is stored as it is, but in 3 bytes instead of 4");
  }

  @Test
  void read_sameNameTwice_isRefused() throws IOException {
    assertRefused(
        new ZipBytes().stored("a", DATA).stored("a", DATA).toBytes(), "holds the member 'a' twice");
  }

  @Test
  void read_nameThatIsNotUtf8_isRefused() throws IOException {
    byte[] zip = new ZipBytes().stored("a", DATA).toBytes();
    zip[zip.length - END - 1] = (byte) 0xff;
    assertRefused(zip, "holds a member whose name is not UTF-8");
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        end(
            -END,
            0,
            "is a zip file without the directory at its end; it is cut off, so get it again"),
        end(-END + 10, 2, "its zip directory breaks off after 1 of 2 members"),
        end(-END + 12, 46, "its zip directory breaks off in member 0 of 1"),
        end(-END + 12, 20, "its zip directory breaks off after 0 of 1 members"),
        end(-END + 16, 0, "its zip directory breaks off after 0 of 1 members"),
        end(
            -END + 16,
            1000,
            "its zip directory is said to be outside the file; it is cut off or damaged"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void read_unsoundEnd_isRefused(int place, int value, String message) throws IOException {
    byte[] zip = new ZipBytes().stored("a", DATA).toBytes();
    if (place == -END + 10) {
      little(zip).putShort(zip.length + place, (short) value);
    } else {
      little(zip).putInt(zip.length + place, value);
    }
    assertRefused(zip, message);
  }

  static Stream<Arguments> wideEnds() {
    return Stream.of(
        wideEnd(-LOCATOR + 8, -1, "its 64-bit zip directory is not where the file says"),
        wideEnd(-LOCATOR + 8, 5, "its 64-bit zip directory is not where the file says"),
        wideEnd(-LOCATOR + 8, 1L << 60, "its 64-bit zip directory is not where the file says"),
        wideEnd(-END64 + 32, 100_001, "is a zip file of 100001 members; at most 100000 are read"),
        wideEnd(-END64 + 32, -1, "is a zip file of -1 members; at most 100000 are read"),
        wideEnd(
            -END64 + 40,
            Long.MAX_VALUE,
            "its zip directory is said to be outside the file; it is cut off or damaged"),
        wideEnd(
            -END64 + 48,
            -1,
            "its zip directory is said to be outside the file; it is cut off or damaged"));
  }

  @ParameterizedTest
  @MethodSource("wideEnds")
  void read_unsoundWideEnd_isRefused(int place, long value, String message) throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.wide = true;
    byte[] bytes = zip.stored("a", DATA).toBytes();
    little(bytes).putLong(bytes.length + place, value);
    assertRefused(bytes, message);
  }

  private void assertRefused(byte[] zip, String message) throws IOException {
    Path path = write(zip);
    var e = assertThrows(BadInputException.class, () -> read(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }

  private static Map<String, ZipDirectory.Member> read(Path path) {
    return MappedFile.open(
        path,
        "a zip file",
        file -> {
          try (file) {
            return ZipDirectory.read(file);
          }
        });
  }

  private Path write(byte[] zip) throws IOException {
    return Files.write(folder.resolve("x.zip"), zip);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Arguments member(Consumer<ZipBytes> lie, String message) {
    return Arguments.of(lie, message);
  }

  private static Arguments end(int place, int value, String message) {
    return Arguments.of(place, value, message);
  }

  private static Arguments wideEnd(int place, long value, String message) {
    return Arguments.of(place, value, message);
  }
}
