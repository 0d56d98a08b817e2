package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Other;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.zip.ZipBytes;
import parity.tensors.zip.ZipDirectory;

class NpzTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parity/tensors");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"numpy.npz", "numpy_compressed.npz"})
  void open_whatNumPyWrote_givesEachArray(String name) {
    try (TensorFile file = Npz.open(FIXTURES.resolve(name))) {
      assertThat(file.names())
          .containsExactly(
              "bool", "columns", "empty", "float16", "float32", "float64", "int16", "int32",
              "int64", "int8", "scalar", "uint8")
          .inOrder();
      for (String array : file.names()) {
        Tensor tensor = file.get(array);
        for (int i = 0; i < 6 && tensor.elements() == 6; i++) {
          double value = tensor.dtype().isFloating() ? tensor.getDouble(i) : tensor.getLong(i);
          assertThat(value).isEqualTo(tensor.dtype() == DType.BOOL ? i % 2 : i);
        }
      }
      assertThat(file.info("bool").toString()).isEqualTo("BOOL [2, 3]");
      assertThat(file.info("columns").toString()).isEqualTo("F32 [2, 3]");
      assertThat(file.info("empty").toString()).isEqualTo("F32 [0, 3]");
      assertThat(file.info("scalar").toString()).isEqualTo("F32 []");
      assertThat(file.get("scalar").getFloat(0)).isEqualTo(7);
    }
  }

  @Test
  void open_singleArray_isCalledAsItsFile() {
    try (TensorFile file = Npz.open(FIXTURES.resolve("single.npy"))) {
      assertThat(file.names()).containsExactly("single");
      assertThat(file.get("single").toInts()).asList().containsExactly(0, 1, 2, 3, 4, 5).inOrder();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          1; {'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }
          2; {'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }
          3; {'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }
          1; {'shape':(2,3),'fortran_order':False,'descr':'<i4'}
          1; { 'shape' : ( 2 , 3 , ) , 'descr' : '<i4' , 'fortran_order' : False }
          1; {"descr": "<i4", "fortran_order": False, "shape": (2, 3)}
          1; {'descr': '<i4', 'fortran_order': False, 'shape': (2L, 3L), }
          1; {'descr': u'<i4','fortran_order':False,'shape':(2,3)}
          1; {'descr': '=i4', 'fortran_order': False, 'shape': (2, 3)}
          1; {'descr': 'i4', 'fortran_order': False, 'shape': (2, 3)}
          """,
      quoteCharacter = '"')
  void open_headerInOtherWords_isRead(int version, String header) throws IOException {
    try (TensorFile file = Npz.open(npy(version, header, 24))) {
      assertThat(file.info("x").toString()).isEqualTo("I32 [2, 3]");
    }
  }

  @Test
  void open_numbersOfEachKind_readAsNumPyWroteThem() {
    try (TensorFile file = Npz.open(FIXTURES.resolve("kinds.npz"))) {
      assertThat(file.names()).hasSize(19);
      for (String name : file.names()) {
        Tensor tensor = file.get(name);
        Tensor parts = tensor.dtype().isComplex() ? tensor.asReal() : tensor;
        int step = tensor.dtype().isComplex() ? 2 : 1;
        for (int i = 0; i < 6; i++) {
          double value =
              parts.dtype().isFloating()
                  ? parts.getDouble((long) i * step)
                  : parts.getLong((long) i * step);
          assertWithMessage("%s %s", name, i).that(value).isEqualTo(i);
          if (step == 2) {
            assertThat(parts.getDouble(i * 2L + 1)).isEqualTo(0);
          }
        }
      }
      assertThat(file.info("bfloat16").toString()).isEqualTo("BF16 [6]");
      assertThat(file.info("big_columns").toString()).isEqualTo("F32 [2, 3]");
      assertThat(file.info("big_u8").dtype()).isEqualTo(DType.U64);
      assertThat(file.info("big_c8").dtype()).isEqualTo(DType.C64);
      assertThat(file.get("big_f4")).isSameInstanceAs(file.get("big_f4"));
    }
  }

  @Test
  void others_ofEachKind_areNamedAndNotRead() {
    try (TensorFile file = Npz.open(FIXTURES.resolve("kinds.npz"))) {
      Map<String, String> says = new TreeMap<>();
      file.others().forEach((name, other) -> says.put(name, other.says()));
      assertThat(says)
          .containsExactlyEntriesIn(
              Map.ofEntries(
                  Map.entry("text", "text of 3 characters [2]"),
                  Map.entry("bytes", "text of 1 bytes [1]"),
                  Map.entry("objects", "Python objects [2]"),
                  Map.entry("date", "dates '<M8[s]' [1]"),
                  Map.entry("duration", "durations '<m8[ms]' [1]"),
                  Map.entry("record", "records of 2 fields [2]"),
                  Map.entry("long_double", "floats of 16 bytes [2]"),
                  Map.entry("float8", "1 bytes of no known type [3]"),
                  Map.entry("void", "3 bytes of no known type [2]"),
                  Map.entry("text_columns", "text of 1 characters [2, 2]"),
                  Map.entry("scalar_text", "text of 3 characters []")));
      assertThat(file.contains("text")).isFalse();
      var e = assertThrows(BadInputException.class, () -> file.get("text"));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              file.path()
                  + ": 'text' is text of 3 characters [2], not a tensor of a type that is read");
    }
  }

  @Test
  void digest_tellsContentTypeAndShapeApart_notTheOrderInTheFile() throws IOException {
    String one = digest("<U1", "(2, 2)", false, "abcd");
    assertThat(digest("<U1", "(2, 2)", false, "abcd")).isEqualTo(one);
    assertThat(digest("<U1", "(2, 2)", true, "acbd")).isEqualTo(one);
    assertThat(digest("<U1", "(2, 2)", false, "abce")).isNotEqualTo(one);
    assertThat(digest("<U1", "(4,)", false, "abcd")).isNotEqualTo(one);
    assertThat(digest(">U1", "(2, 2)", false, "abcd")).isNotEqualTo(one);
    assertThat(digest("<V4", "(2, 2)", false, "abcd")).isNotEqualTo(one);
  }

  private String digest(String descr, String shape, boolean columns, String text)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s}"
            .formatted(descr, columns ? "True" : "False", shape);
    byte[] array = Files.readAllBytes(npy(1, header, 4 * text.length()));
    for (int i = 0; i < text.length(); i++) {
      array[array.length - 4 * text.length() + 4 * i] = (byte) text.charAt(i);
    }
    try (TensorFile file = Npz.open(Files.write(folder.resolve("x.npy"), array))) {
      return file.others().firstEntry().getValue().digest().get();
    }
  }

  @Test
  void open_arrayOfEmptyTextsWithoutEnd_isReadAtOnce() throws IOException {
    String header = "{'descr': '<U0', 'fortran_order': True, 'shape': (1099511627776, 3)}";
    try (TensorFile file = Npz.open(npy(1, header, 0))) {
      Other other = file.others().firstEntry().getValue();
      assertThat(other.says()).isEqualTo("text of 0 characters [1099511627776, 3]");
      assertThat(other.digest().get()).hasLength(64);
    }
  }

  @Test
  void open_memberThatIsNoArray_isListed() throws IOException {
    byte[] array = Files.readAllBytes(FIXTURES.resolve("single.npy"));
    Path path = zip(new ZipBytes().stored("a.npy", array).deflated("read.me", new byte[5]));
    try (TensorFile file = Npz.open(path)) {
      assertThat(file.names()).containsExactly("a");
      assertThat(other(file, "read.me").says()).isEqualTo("bytes [5]");
    }
    assertRefused(
        zip(new ZipBytes().stored("a.npy", array).stored("a", array)),
        "holds two members that are both called 'a'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          4~ {'descr': '<i4', 'fortran_order': False, 'shape': (1,)}~ is of npy version 4; known are 1, 2 and 3
          1~ ~ has the header ''; expected a dict of descr, fortran_order and shape
          1~ {'descr': '<i4'}~ has the header '{'descr': '<i4'}'; expected a dict of descr, fortran_order and shape
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (1,)} x~ has the header '{'descr': '<i4', 'fortran_order': False, 'shape': (1,)} x'; expected a dict of descr, fortran_order and shape
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': '(1,)'}~ has a shape that is no tuple of sizes, in '{'descr': '<i4', 'fortran_order': False, 'shape': '(1,)'}'
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (-1,)}~ has a shape that is no tuple of sizes, in '{'descr': '<i4', 'fortran_order': False, 'shape': (-1,)}'
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,)}~ is I32 [999999999999999999], which takes 3999999999999999996 bytes, but has 4
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,9)}~ has the shape [999999999999999999, 9], too large to count
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,99)}~ cannot be: shape [999999999999999999, 99] has more elements than a long can count
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (2,)}~ is I32 [2], which takes 8 bytes, but has 4
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': ()} ~ is I32 [], which takes 4 bytes, but has 5
          1~ {'descr': '<U5', 'fortran_order': False, 'shape': (1,)}~ is text of 5 characters [1], which takes 20 bytes, but has 4
          1~ {'descr': [('a', '<f4'), ('b', '<i2', (2, 2)), ('', '|V3')], 'fortran_order': False, 'shape': (1,)}~ is records of 3 fields [1], which takes 15 bytes, but has 4
          1~ {'descr': 'quark', 'fortran_order': False, 'shape': (3,)}~ is elements of type 'quark' [3], but has 4 bytes, no multiple of it
          1~ {'descr': '<V999999999', 'fortran_order': False, 'shape': (99999999999,)}~ has the shape [99999999999], too large to count
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (1)}~ has a shape that is no tuple of sizes, in '{'descr': '<i4', 'fortran_order': False, 'shape': (1)}'
          1~ {'descr': '<i4', 'fortran_order': 1, 'shape': (1,)}~ has the header '{'descr': '<i4', 'fortran_order': 1, 'shape': (1,)}'; expected a dict of descr, fortran_order and shape
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (1,)~ has the header '{'descr': '<i4', 'fortran_order': False, 'shape': (1,)'; expected a dict of descr, fortran_order and shape
          """)
  void open_badArray_saysWhatIsWrong(int version, @Nullable String header, String message)
      throws IOException {
    int bytes = message.endsWith("has 5") ? 5 : 4;
    assertRefused(npy(version, header == null ? "" : header, bytes), "array 'x' " + message);
  }

  @Test
  void open_longHeader_isRefused() throws IOException {
    assertRefused(
        npy(2, " ".repeat(65537), 0),
        "array 'x' gives its header 65537 bytes, more than there are or may be");
    byte[] cut = Files.readAllBytes(npy(1, "{}", 0));
    cut[8] = 100;
    assertRefused(
        Files.write(folder.resolve("x.npy"), cut),
        "array 'x' gives its header 100 bytes, more than there are or may be");
  }

  @Test
  void open_archiveThatIsNot_saysWhy() throws IOException {
    byte[] array = Files.readAllBytes(FIXTURES.resolve("single.npy"));
    assertRefused(
        zip(new ZipBytes().stored("a.txt", array)),
        "is a zip file without .npy in it; expected a NumPy file (.npz or .npy)");
    assertRefused(
        zip(new ZipBytes().stored("a.npy", new byte[20])),
        "array 'a' is not a NumPy array: it does not begin with \\x93NUMPY");
    assertRefused(
        Files.writeString(folder.resolve("t"), "text"),
        "is neither a zip file nor a NumPy array; expected a NumPy file (.npz or .npy)");
  }

  @Test
  void open_damagedMember_isNamed() throws IOException {
    byte[] array = Files.readAllBytes(FIXTURES.resolve("single.npy"));
    String message = "its member 'a.npy' is damaged; get the file again";
    ZipBytes wrongSum = new ZipBytes();
    wrongSum.crcError = 1;
    assertRefused(zip(wrongSum.stored("a.npy", array)), message);
    wrongSum = new ZipBytes();
    wrongSum.crcError = 1;
    assertRefused(zip(wrongSum.deflated("a.npy", array)), message);
    ZipBytes notDeflated = new ZipBytes();
    notDeflated.method = ZipDirectory.DEFLATED;
    assertRefused(zip(notDeflated.stored("a.npy", array)), message);
    for (int difference : new int[] {-100, -1, 1, 100, 1 << 30}) {
      byte[] zip = new ZipBytes().deflated("a.npy", array).toBytes();
      ByteBuffer.wrap(zip)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(zip.length - 22 - 51 + 24, array.length + difference);
      assertRefused(Files.write(folder.resolve("x.npz"), zip), message);
    }
  }

  private static void assertRefused(Path path, String message) {
    var e = assertThrows(BadInputException.class, () -> Npz.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }

  private Path zip(ZipBytes zip) throws IOException {
    return Files.write(folder.resolve("x.npz"), zip.toBytes());
  }

  private Path npy(int version, String header, int dataBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
      out.write(header.length() >> (8 * i));
    }
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[dataBytes]);
    return Files.write(folder.resolve("x.npy"), out.toByteArray());
  }

  private static Other other(TensorFile file, String name) {
    Other other = file.others().get(name);
    assertThat(other).isNotNull();
    return Objects.requireNonNull(other);
  }
}
