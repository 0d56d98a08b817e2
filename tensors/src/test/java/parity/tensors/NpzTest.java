package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parity/tensors");
  private static final String KNOWN =
      "; known are <f8 <f4 <f2 <i8 <i4 <i2 |i1 |u1 |b1, so convert it with astype";

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
          """,
      quoteCharacter = '"')
  void open_headerInOtherWords_isRead(int version, String header) throws IOException {
    try (TensorFile file = Npz.open(npy(version, header, 24))) {
      assertThat(file.info("x").toString()).isEqualTo("I32 [2, 3]");
    }
  }

  @Test
  void open_typeThatIsNot_isNamed() {
    assertRefused(FIXTURES.resolve("big_endian.npz"), "array 'x' is big-endian, ''>f4''" + KNOWN);
    assertRefused(
        FIXTURES.resolve("objects.npz"), "array 'x' holds Python objects, ''|O''" + KNOWN);
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
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': '(1,)'}~ has the shape ''(1,)''; expected a tuple of sizes
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (-1,)}~ has the shape '(-1,)'; expected a tuple of sizes
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,)}~ is I32 [999999999999999999], which takes 3999999999999999996 bytes, but has 4
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,9)}~ has the shape '(999999999999999999,9)'; expected a tuple of sizes
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999999,99)}~ cannot be: shape [999999999999999999, 99] has more elements than a long can count
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': (2,)}~ is I32 [2], which takes 8 bytes, but has 4
          1~ {'descr': '<i4', 'fortran_order': False, 'shape': ()} ~ is I32 [], which takes 4 bytes, but has 5
          1~ {'descr': '<U5', 'fortran_order': False, 'shape': (1,)}~ is of an unknown type, ''<U5''; known are <f8 <f4 <f2 <i8 <i4 <i2 |i1 |u1 |b1, so convert it with astype
          1~ {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}~ is of an unknown type, '[('a', '<f4')]'; known are <f8 <f4 <f2 <i8 <i4 <i2 |i1 |u1 |b1, so convert it with astype
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
        "holds 'a.txt'; expected nothing but .npy in a .npz");
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
    var e = assertThrows(BadInput.class, () -> Npz.open(path));
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
}
