package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that nobody's PyTorch would write. */
class HostileCheckpointTest {
  private static final byte[] SIX_FLOATS = new byte[24];

  @TempDir Path folder;

  static Stream<Arguments> pickles() {
    return Stream.of(
        pickle(p -> p.op('.'), "its data.pkl takes a value from an empty stack at byte 3"),
        pickle(p -> p.op('}'), "its data.pkl breaks off at byte 3"),
        pickle(p -> p.op('X').int32(9), "its data.pkl breaks off at byte 7"),
        pickle(p -> p.op('X').int32(-1), "its data.pkl has a length over 2 GB at byte 3"),
        pickle(p -> p.op('X').int32(1).op(0xff), "its data.pkl has a text that is not UTF-8 at 7"),
        pickle(p -> p.op('}', 't'), "its data.pkl lacks the mark that byte 3 goes back to"),
        pickle(p -> p.op('h', 5), "its data.pkl recalls value 5, which it never put away"),
        pickle(p -> p.op(0x8a, 9), "its data.pkl has a number of 9 bytes"),
        pickle(
            p -> p.op(0x80, 4),
            "its data.pkl is of pickle protocol 4; expected 2, so save it again with torch.save's"
                + " default"),
        pickle(
            p -> p.global("os", "system").text("id").op(0x85, 'R', '.'),
            "asks for 'os.system', which no state_dict of plain tensors needs; it is refused, so"
                + " save the state_dict alone"),
        pickle(
            p -> p.global("torch", "ComplexFloatStorage"),
            "asks for 'torch.ComplexFloatStorage', which no state_dict of plain tensors needs; it"
                + " is refused, so save the state_dict alone"),
        pickle(
            p -> p.op(')', 0x81),
            "its data.pkl asks at byte 3 for opcode 0x81 (NEWOBJ), which no state_dict needs; save"
                + " the state_dict alone, with torch.save's default pickle protocol"),
        pickle(
            p -> p.op('(', 'i'),
            "its data.pkl asks at byte 3 for opcode 0x69 (INST), which no state_dict needs; save"
                + " the state_dict alone, with torch.save's default pickle protocol"),
        pickle(p -> p.op('N', ')', 'R'), "its data.pkl calls None with a tuple of 0"),
        pickle(
            p -> p.global("collections", "OrderedDict").op('N', 'R'),
            "its data.pkl calls a function with None"),
        pickle(
            p -> p.global("collections", "OrderedDict").op('N', 0x85, 'R'),
            "makes an OrderedDict of 1 arguments, not of none"),
        pickle(
            p -> p.global("torch._utils", "_rebuild_parameter").op(')', 'R'),
            "makes a parameter of something that is not a tensor"),
        pickle(
            p -> p.global("torch._utils", "_rebuild_tensor_v2").op(')', 'R'),
            "makes a tensor of something other than (storage, offset, size, stride, ...)"),
        pickle(
            p -> p.text("key").op('Q'),
            "refers to the text 'key' where ('storage', type, key, location, size) is expected"),
        pickle(
            p -> p.op('N', '}', 'b'),
            "its data.pkl sets the state of None; only a dict may have one"),
        pickle(p -> p.op('N', 'N', 'a'), "its data.pkl appends 1 items to None"),
        pickle(p -> p.op('}', '(', 'N', 'u'), "its data.pkl sets 1 keys and values of a dict"),
        pickle(p -> p.op(']', 'N', 'N', 's'), "its data.pkl sets 2 keys and values of a list"),
        pickle(p -> p.op(']', '.'), "holds no state_dict (a dict of tensors by name) but a list"),
        pickle(
            p ->
                p.op('}')
                    .number(1)
                    .tensor("FloatStorage", "0", 6, 0, new long[] {6}, new long[] {1})
                    .op('s', '.'),
            "holds a tensor under a key that is not a text"),
        view(
            6,
            -1,
            of(6),
            of(1),
            "makes a tensor of something other than (storage, offset, size, stride, ...)"),
        view(
            6,
            0,
            of(6),
            of(),
            "makes a tensor of something other than (storage, offset, size, stride, ...)"),
        view(6, 0, of(-6), of(1), "has the number -6 as a size or stride; expected numbers >= 0"),
        view(6, 5, of(6), of(-1), "has the number -1 as a size or stride; expected numbers >= 0"),
        view(
            6,
            0,
            of(1L << 62, 4),
            of(0, 0),
            "makes a tensor that cannot be: shape [4611686018427387904, 4] has more elements than a"
                + " long can count"),
        view(6, 1, of(6), of(1), reaches("[6]", 1, "[1]")),
        view(6, 0, of(2, 3), of(4, 1), reaches("[2, 3]", 0, "[4, 1]")),
        view(6, 0, of(2), of(Long.MAX_VALUE), reaches("[2]", 0, "[9223372036854775807]")),
        view(6, 0, of(1L << 62), of(0), reaches("[4611686018427387904]", 0, "[0]")),
        view(6, 7, of(0), of(1), reaches("[0]", 7, "[1]")),
        view(
            7,
            0,
            of(6),
            of(1),
            "tensor 'w' is on a storage of 7 F32, but its member has 24 bytes"));
  }

  @ParameterizedTest
  @MethodSource("pickles")
  void open_hostilePickle_saysWhatItAskedFor(byte[] pickle, String message) throws IOException {
    assertRefused(archive(pickle).stored("x/data/0", SIX_FLOATS), message);
  }

  @Test
  void open_viewThatJustFits_isRead() throws IOException {
    Path path = write(archive(dict(6, 5, of(1), of(9))).stored("x/data/0", SIX_FLOATS));
    try (Checkpoint file = Checkpoint.open(path)) {
      assertThat(file.get("w").toFloats()).hasLength(1);
    }
    path = write(archive(dict(6, 6, of(0, 5), of(9, 9))).stored("x/data/0", SIX_FLOATS));
    try (Checkpoint file = Checkpoint.open(path)) {
      assertThat(file.get("w").toFloats()).hasLength(0);
    }
  }

  @Test
  void get_viewTooLargeForMemory_saysHowMuchItTakes() throws IOException {
    Path path = write(archive(dict(6, 0, of(1L << 40), of(0))).stored("x/data/0", SIX_FLOATS));
    try (Checkpoint file = Checkpoint.open(path)) {
      var e = assertThrows(BadInput.class, () -> file.get("w"));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              path
                  + ": no memory for the 4398046511104 bytes of tensor 'w', which cannot be used in"
                  + " place; raise -XX:MaxDirectMemorySize");
    }
  }

  @Test
  void open_pickleOfManyOperations_isRefused() throws IOException {
    byte[] marks = new byte[Pickle.MAX_OPERATIONS + 1];
    Arrays.fill(marks, (byte) '(');
    assertRefused(archive(marks), "its data.pkl takes more than 1000000 operations");
    Arrays.fill(marks, (byte) '}');
    assertRefused(archive(marks), "its data.pkl takes more than 1000000 operations");
  }

  @Test
  void open_deepPickle_isReadWithoutRecursion() throws IOException {
    PickleBytes deep = new PickleBytes().op('}').text("deep").op(')');
    for (int i = 0; i < 300_000; i++) {
      deep.op(0x85);
    }
    try (Checkpoint file = Checkpoint.open(write(archive(deep.op('s', '.').toBytes())))) {
      assertThat(file.names()).isEmpty();
    }
  }

  @Test
  void open_longPickle_isRefused() throws IOException {
    assertRefused(
        archive(new byte[(32 << 20) + 1]),
        "its data.pkl takes 33554433 bytes; at most 33554432 are read");
  }

  @Test
  void open_archiveThatIsNot_saysWhy() throws IOException {
    byte[] pickle = dict(6, 0, of(6), of(1));
    assertRefused(archive(pickle), "lacks its member 'x/data/0'");
    assertRefused(
        new ZipBytes().stored("data.pkl", pickle),
        "is a zip file with 0 data.pkl in it; a PyTorch checkpoint (.pt or .bin) has one");
    assertRefused(
        archive(pickle).stored("y/data.pkl", pickle),
        "is a zip file with 2 data.pkl in it; a PyTorch checkpoint (.pt or .bin) has one");
    assertRefused(
        archive(pickle).stored("x/byteorder", "big".getBytes(StandardCharsets.UTF_8)),
        "its byteorder is not little; save it again on a little-endian machine");
    assertRefused(
        archive(pickle).deflated("x/data/0", SIX_FLOATS),
        "its member 'x/data/0' is compressed; torch.save stores them, so save it again");
    assertRefused(
        new ZipBytes().deflated("x/data.pkl", pickle),
        "its member 'x/data.pkl' is compressed; torch.save stores them, so save it again");
  }

  private void assertRefused(ZipBytes zip, String message) throws IOException {
    Path path = write(zip);
    var e = assertThrows(BadInput.class, () -> Checkpoint.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }

  private Path write(ZipBytes zip) throws IOException {
    return Files.write(folder.resolve("x.pt"), zip.toBytes());
  }

  private static ZipBytes archive(byte[] pickle) {
    return new ZipBytes().stored("x/data.pkl", pickle);
  }

  private static byte[] dict(long elements, long offset, long[] size, long[] stride) {
    return new PickleBytes()
        .op('}')
        .tensor("w", elements, offset, size, stride)
        .op('s', '.')
        .toBytes();
  }

  private static Arguments pickle(UnaryOperator<PickleBytes> what, String message) {
    return Arguments.of(what.apply(new PickleBytes()).toBytes(), message);
  }

  private static Arguments view(
      long elements, long offset, long[] size, long[] stride, String message) {
    return Arguments.of(dict(elements, offset, size, stride), message);
  }

  private static String reaches(String shape, long offset, String strides) {
    return "tensor 'w' %s with offset %d and strides %s reaches past its storage of 6 elements"
        .formatted(shape, offset, strides);
  }

  private static long[] of(long... values) {
    return values;
  }
}
