package parity.tensors.checkpoint;

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
import parity.tensors.BadInputException;
import parity.tensors.pickle.Pickle;
import parity.tensors.pickle.PickleBytes;
import parity.tensors.zip.ZipBytes;

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
        pickle(p -> p.op(0x8a, 9), "its data.pkl breaks off at byte 4"),
        pickle(p -> p.op(0x8b).int32(1025), "its data.pkl has a number of 1025 bytes"),
        pickle(p -> p.op(0x8d).int32(0).int32(1), "its data.pkl has a length over 2 GB at byte 3"),
        pickle(
            p -> p.op(0x80, 6),
            "its data.pkl is of pickle protocol 6; expected 2 to 5, so save it again with"
                + " torch.save's default"),
        pickle(p -> p.op('N', 'N', 0x93), "its data.pkl asks for a name that is None, not a text"),
        pickle(
            p -> p.op(0x8c, 2, 'o', 's', 0x8c, 6, 's', 'y', 's', 't', 'e', 'm', 0x93),
            "asks for 'os.system', which no checkpoint of tensors and plain values needs; it is"
                + " refused, so save the state_dict alone"),
        pickle(
            p -> p.global("os", "system").text("id").op(0x85, 'R', '.'),
            "asks for 'os.system', which no checkpoint of tensors and plain values needs; it is"
                + " refused, so save the state_dict alone"),
        pickle(p -> p.op('N', ')', 0x81), "its data.pkl calls None with a tuple of 0"),
        pickle(
            p -> p.op('(', 'i'),
            "its data.pkl asks at byte 3 for opcode 0x69 (INST), which no checkpoint needs; save"
                + " the state_dict alone, with torch.save's default pickle protocol"),
        pickle(p -> p.op('N', ')', 'R'), "its data.pkl calls None with a tuple of 0"),
        pickle(
            p -> p.global("collections", "OrderedDict").op('N', 'R'),
            "its data.pkl calls a function with None"),
        pickle(
            p -> p.global("collections", "OrderedDict").op('N', 'N', 0x86, 'R'),
            "makes a dict of 2 arguments, not of none or of a dict"),
        pickle(
            p -> p.global("builtins", "set").op('N', 0x85, 'R'),
            "makes a set of something that is not one list"),
        pickle(
            p -> p.global("_codecs", "encode").text("a").text("rot13").op(0x86, 'R'),
            "makes bytes of something other than a text in latin1"),
        pickle(
            p -> p.global("torch._tensor", "_rebuild_from_type_v2").op(')', 'R'),
            "makes a tensor of something other than (function, class, arguments, state)"),
        pickle(
            p -> p.global("torch._utils", "_rebuild_tensor_v3").op(')', 'R'),
            "makes a tensor of something other than (storage, offset, size, stride,"
                + " requires_grad, hooks, dtype, ...)"),
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
            "its data.pkl sets the state of None; only a dict, a tensor and an array may have one"),
        pickle(p -> p.op('N', 'N', 'a'), "its data.pkl appends 1 items to None"),
        pickle(p -> p.op('}', '(', 'N', 'u'), "its data.pkl sets 1 keys and values of a dict"),
        pickle(p -> p.op(']', 'N', 'N', 's'), "its data.pkl sets 2 keys and values of a list"),
        pickle(p -> p.op('}', ']', 'N', 's'), "its data.pkl has a list as a key of a dict"),
        pickle(p -> p.op('N', '(', 'N', 0x90), "its data.pkl adds 1 items to None"),
        pickle(
            p -> p.op(']', 'q', 0, '}', '(').text("l").op('h', 0, 'u', 'a', '.'),
            "nests what it holds more than 500 deep, or in itself"),
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
  void open_viewThatRepeatsItsElementsWithoutEnd_isRefusedByName() throws IOException {
    for (long elements : new long[] {1L << 27, 1L << 40}) {
      Path path = write(archive(dict(6, 0, of(elements), of(0))).stored("x/data/0", SIX_FLOATS));
      long most = CheckpointReader.COPIES + 4 * Files.size(path);
      var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              "%s: tensor 'w' [%d] makes %d bytes of the 24 of its storage; what cannot be used in"
                      .formatted(path, elements, 4 * elements)
                  + " place may take %d in this file, so save it contiguous".formatted(most));
    }
  }

  @Test
  void open_manyViewsThatRepeatTheirElements_shareOneBudget() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}', '(');
    for (int i = 0; i < 5; i++) {
      pickle.tensor("w" + i, 6, 0, of(1 << 24), of(0));
    }
    ZipBytes zip = archive(pickle.op('u', '.').toBytes()).stored("x/data/0", SIX_FLOATS);
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(write(zip)));
    assertThat(e).hasMessageThat().contains("tensor 'w4' [16777216] makes 67108864 bytes");
  }

  @Test
  void open_memberOutsideTheFolder_isRefused() throws IOException {
    byte[] pickle = dict(6, 0, of(6), of(1));
    for (String name : new String[] {"a", "", "y/data/0", "x"}) {
      assertRefused(
          archive(pickle).stored("x/data/0", SIX_FLOATS).stored(name, new byte[0]),
          "has its member '%s' outside the folder 'x/' of its data.pkl; torch.save puts all into"
                  .formatted(name)
              + " one, so this was packed otherwise");
    }
  }

  @Test
  void open_membersShorterThanWhatTheyAre_areRefused() throws IOException {
    byte[] pickle = dict(6, 0, of(6), of(1));
    assertRefused(
        archive(pickle).stored("x/byteorder", new byte[2]),
        "its byteorder is not little; save it again on a little-endian machine");
    assertRefused(archive(new byte[0]), "its data.pkl breaks off at byte 0");
    assertRefused(
        archive(pickle).stored("x/data/0", new byte[0]),
        "tensor 'w' is on a storage of 6 F32, but its member has 0 bytes");
  }

  @Test
  void open_thingsThatAreThereManyTimesOver_areNotCountedWithoutEnd() throws IOException {
    // Each list holds the one before it twice; the innermost a tensor, or nothing.
    for (boolean tensor : new boolean[] {true, false}) {
      PickleBytes pickle = new PickleBytes().op(']', 'q', 0);
      if (tensor) {
        pickle.tensor("FloatStorage", "0", 6, 0, of(6), of(1)).op('a');
      }
      for (int i = 1; i < 100; i++) {
        pickle.op(']', 'q', i, '(', 'h', i - 1, 'h', i - 1, 'e');
      }
      Path path = write(archive(pickle.op('.').toBytes()).stored("x/data/0", SIX_FLOATS));
      var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
      assertThat(e).hasMessageThat().startsWith(path + ": holds more than ");
    }
  }

  @Test
  void digest_ofSetsOfSets_hasAnEnd() throws IOException {
    PickleBytes pickle = new PickleBytes().op('(', 0x91, 'q', 0);
    for (int i = 1; i < 20; i++) {
      pickle.op('(', 'h', i - 1, 'h', i - 1, 0x91, 'q', i);
    }
    try (Checkpoint file = Checkpoint.open(write(archive(pickle.op('.').toBytes())))) {
      assertThat(file.others().firstEntry().getValue().digest().get()).hasLength(64);
    }
  }

  @Test
  void open_twoThingsOfOneName_areToldApartOrRefused() throws IOException {
    PickleBytes apart = new PickleBytes().op('}', '(').text("a.b").op('K', 1);
    apart.text("a").op('}').text("b").op('K', 2, 's', 'u', '.');
    try (Checkpoint file = Checkpoint.open(write(archive(apart.toBytes())))) {
      assertThat(file.others().keySet()).containsExactly("['a.b']", "['a']['b']").inOrder();
    }
    PickleBytes same = new PickleBytes().op('}', '(').text("a.b").op('K', 1);
    same.text("a").op('}').text("b").op('K', 2, 's').text("['a.b']").op('K', 3, 'u', '.');
    assertRefused(
        archive(same.toBytes()),
        "holds two things that are both called '['a.b']'; save it with other names");
  }

  @Test
  void open_keysThatPythonHoldsEqual_areOne() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}', '(').op('K', 1, 'K', 5, 0x88, 'K', 6);
    pickle.op('G', 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 'K', 7, 'u', '.');
    try (Checkpoint file = Checkpoint.open(write(archive(pickle.toBytes())))) {
      assertThat(file.others().keySet()).containsExactly("1");
      assertThat(file.others().firstEntry().getValue().value()).isEqualTo("7");
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
  void open_deepPickle_isRefusedWithoutRecursion() throws IOException {
    PickleBytes deep = new PickleBytes().op('}').text("deep").op(')');
    for (int i = 0; i < 300_000; i++) {
      deep.op(0x85);
    }
    assertRefused(
        archive(deep.op('s', '.').toBytes()),
        "nests what it holds more than 500 deep, or in itself");
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
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
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
