package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Other;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

class SafetensorsTest {
  private static final Path CAPTURE = Path.of("..", "samples", "capture");

  @TempDir Path folder;

  @Test
  void open_capture_givesWhatPythonReads() {
    try (TensorFile file = Safetensors.open(CAPTURE.resolve("debug_artifacts.safetensors"))) {
      assertThat(file.names()).hasSize(16);
      assertThat(file.names()).isInOrder();
      assertThat(file.metadata()).hasSize(36);
      assertThat(file.metadata()).containsEntry("torch", "2.3.1+cu121");
      assertThat(file.info("llm_logp").toString()).isEqualTo("F32 [7, 6761]");
      Tensor logp = file.get("llm_logp");
      assertThat(logp.getFloat(0)).isEqualTo(-21.990337f);
      assertThat(logp.getFloat(logp.elements() - 1)).isEqualTo(-16.99413f);
      assertThat(sum(logp)).isWithin(1e-6).of(-771282.1538035274);
      Tensor tokens = file.get("llm_prompt_speech_token");
      assertThat(tokens.shape()).isEqualTo(Shape.of(1, 47));
      assertThat(tokens.toInts()[0]).isEqualTo(6349);
      assertThat(tokens.toInts()[46]).isEqualTo(4184);
    }
  }

  @Test
  void get_afterClose_isRefused() {
    TensorFile file = Safetensors.open(CAPTURE.resolve("truth_outputs.safetensors"));
    Tensor tensor = file.get("python_flow_output");
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, () -> tensor.getFloat(0));
  }

  @Test
  void get_unknownName_saysWhatThereIs() throws IOException {
    Path path = write("{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}", 1);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.contains("a")).isTrue();
      assertThat(file.contains("b")).isFalse();
      var e = assertThrows(BadInputException.class, () -> file.get("b"));
      assertThat(e).hasMessageThat().isEqualTo(path + ": has no tensor 'b'; it has 1: 'a'");
      assertThrows(BadInputException.class, () -> file.info("b"));
    }
  }

  @Test
  void open_emptyAndScalarAndOddNames_areRead() throws IOException {
    Path path =
        write(
            """
            {'':{'dtype':'F32','shape':[],'data_offsets':[0,4]}, 'no\\ud83d\\ude00ne':
             {'data_offsets':[4,4],'shape':[0,9223372036854775807,3],'dtype':'F64'},
             'é\\n':{'dtype':'BOOL','shape':[1],'data_offsets':[4,5]}}   \n\
            """,
            5);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.names()).containsExactly("", "no😀ne", "é\n");
      assertThat(file.get("").shape().rank()).isEqualTo(0);
      assertThat(file.get("no😀ne").elements()).isEqualTo(0);
      assertThat(file.metadata()).isEmpty();
    }
  }

  @Test
  void open_noTensors_isRead() throws IOException {
    try (TensorFile file = Safetensors.open(write("{}", 0))) {
      assertThat(file.names()).isEmpty();
      var e = assertThrows(BadInputException.class, () -> file.get("a"));
      assertThat(e).hasMessageThat().endsWith(": has no tensor 'a'; it has 0");
    }
  }

  @Test
  void open_over2GiB_readsItsLastTensor() throws IOException {
    long big = 3L << 30;
    byte[] start =
        Files.readAllBytes(
            write(
                "{'a':{'dtype':'U8','shape':[%1$d],'data_offsets':[0,%1$d]},".formatted(big)
                    + "'b':{'dtype':'I32','shape':[1],'data_offsets':[%d,%d]}}"
                        .formatted(big, big + 4),
                0));
    Path path = folder.resolve("big.safetensors");
    try (FileChannel sparse =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(start));
      sparse.write(ByteBuffer.wrap(new byte[] {42, 0, 0, 0}), start.length + big);
    }
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.get("b").toInts()).asList().containsExactly(42);
      assertThat(file.get("a").getLong(big - 1)).isEqualTo(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          []                | 0 | its header does not begin with '{'; it is not a safetensors file
          {'a':             | 0 | its header is not valid JSON: Unexpected end-of-input within/between Object entries
          {} {}             | 0 | something follows the JSON object in its header
          {'a':{},'a':{}}   | 0 | tensor 'a' lacks its dtype, shape or data_offsets
          {'a':[]}          | 0 | tensor 'a' is described by no object of dtype, shape and data_offsets
          {'a':{'x':1}}     | 0 | tensor 'a' has an unknown field 'x'
          {'a':{'dtype':5}} | 0 | tensor 'a' has a dtype that is not a text
          {'\\ud83d':{}}    | 0 | its header is not valid JSON: Broken surrogate pair in field name: expected '\\' to start low surrogate, got 0x22
          {'__metadata__':1}| 0 | its __metadata__ is not an object of texts
          {'__metadata__':{'k':1}} | 0 | its metadata 'k' is not a text
          {'__metadata__':{'k':'\\udc00'}} | 0 | its header holds half a surrogate pair in '\\udc00'
          {'a':{'dtype':'F8_E4M3','shape':[2],'data_offsets':[0,1]}} | 1 | tensor 'a' is F8_E4M3 [2], which takes 2 bytes, but its data_offsets [0, 1] span 1
          {'a':{'dtype':'F4','shape':[3],'data_offsets':[0,2]}} | 2 | tensor 'a' is F4 [3], which takes 12 bits, no whole bytes
          {'a':{'dtype':'F4','shape':[4],'data_offsets':[0,4]}} | 4 | tensor 'a' is F4 [4], which takes 2 bytes, but its data_offsets [0, 4] span 4
          {'a':{'dtype':'F6_E2M3','shape':[4611686018427387904],'data_offsets':[0,4]}} | 4 | tensor 'a' has the shape [4611686018427387904], too large to count
          {'a':{'dtype':'C64','shape':[1],'data_offsets':[0,4]}} | 4 | tensor 'a' is C64 [1], which takes 8 bytes, but its data_offsets [0, 4] span 4
          {'a':{'dtype':'U8','shape':1,'data_offsets':[0,1]}} | 1 | tensor 'a' has shape that is not a list of at most 64 whole numbers >= 0
          {'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}} | 1 | tensor 'a' has shape that is not a list of at most 64 whole numbers >= 0
          {'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}} | 1 | tensor 'a' has shape that is not a list of at most 64 whole numbers >= 0
          {'a':{'dtype':'U8','shape':[9223372036854775808],'data_offsets':[0,1]}} | 1 | tensor 'a' has shape that is not a list of at most 64 whole numbers >= 0
          {'a':{'dtype':'U8','shape':[4294967296,4294967296],'data_offsets':[0,1]}} | 1 | tensor 'a' has the shape [4294967296, 4294967296], too large to count
          {'a':{'dtype':'F64','shape':[2305843009213693952],'data_offsets':[0,0]}} | 0 | tensor 'a' has the shape [2305843009213693952], too large to count
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}} | 1 | tensor 'a' has data_offsets [0], not [begin, end]
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[1,0]}} | 1 | tensor 'a' has data_offsets [1, 0], not [begin, end]
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}} | 1 | tensor 'a' has data_offsets that is not a list of at most 2 whole numbers >= 0
          {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}} | 1 | tensor 'a' ends at byte 2 of the data, but there are only 1; the file is cut off
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4 | tensor 'a' is F32 [2], which takes 8 bytes, but its data_offsets [0, 4] span 4
          {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | 3 | tensor 'b' overlaps the tensor 'a'
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | tensor 'a' has 1 bytes before it that are nobody's
          {'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 3 | has 2 bytes after its last tensor that are nobody's
          """)
  void open_badHeader_saysWhatIsWrong(String json, int dataBytes, String message)
      throws IOException {
    Path path = write(json, dataBytes);
    var e = assertThrows(BadInputException.class, () -> Safetensors.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }

  @Test
  void open_typesBesideFloat32_areRead() throws IOException {
    String[] types = {"F8_E4M3", "F8_E5M2", "F8_E8M0", "U16", "U32", "U64", "C64"};
    StringBuilder json = new StringBuilder("{'__metadata__':null");
    int at = 0;
    for (String type : types) {
      int end = at + 2 * DType.valueOf(type).bytes();
      json.append(
          ",'%1$s':{'dtype':'%1$s','shape':[2],'data_offsets':[%2$d,%3$d]}"
              .formatted(type, at, end));
      at = end;
    }
    try (TensorFile file = Safetensors.open(write(json.append('}').toString(), at))) {
      assertThat(file.metadata()).isEmpty();
      assertThat(file.others()).isEmpty();
      for (String type : types) {
        assertThat(file.get(type).toString()).isEqualTo(type + " [2]");
      }
    }
  }

  @Test
  void open_typesThatAreNotRead_areListedBesideTheRest() throws IOException {
    Path path =
        write(
            """
            {'a':{'dtype':'F4','shape':[3,2],'data_offsets':[0,3]},
             'b':{'dtype':'F6_E2M3','shape':[4],'data_offsets':[3,6]},
             'c':{'dtype':'F6_E3M2','shape':[4],'data_offsets':[6,9]},
             'd':{'dtype':'F8_E4M3FNUZ','shape':[1],'data_offsets':[9,10]},
             'e':{'dtype':'F8_E5M2FNUZ','shape':[1],'data_offsets':[10,11]},
             'f':{'dtype':'C128','shape':[1],'data_offsets':[11,27]},
             'g':{'dtype':'of\\n2030','shape':[7],'data_offsets':[27,30]},
             'h':{'dtype':'U8','shape':[1],'data_offsets':[30,31]}}\
            """,
            31);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.names()).containsExactly("h");
      assertThat(file.others().values().stream().map(Other::says))
          .containsExactly(
              "F4 [3, 2]",
              "F6_E2M3 [4]",
              "F6_E3M2 [4]",
              "F8_E4M3FNUZ [1]",
              "F8_E5M2FNUZ [1]",
              "C128 [1]",
              "'of\\u000a2030' [7]")
          .inOrder();
      var e = assertThrows(BadInputException.class, () -> file.get("a"));
      assertThat(e).hasMessageThat().contains("'a' is F4 [3, 2], not a tensor of a type");
    }
  }

  @Test
  void open_sameNameTwice_namesIt() throws IOException {
    String tensor = "{'dtype':'U8','shape':[0],'data_offsets':[0,0]}";
    for (String json :
        new String[] {
          "{'one':" + tensor + ",'one':" + tensor + "}",
          "{'__metadata__':{'one':'1','one':'1'}}",
          "{'one':" + tensor.replace("{", "{'dtype':'U8',") + "}"
        }) {
      Path path = write(json, 0);
      var e = assertThrows(BadInputException.class, () -> Safetensors.open(path));
      assertThat(e)
          .hasMessageThat()
          .matches(
              "\\Q" + path + "\\E: its header is not valid JSON: Duplicate field '(one|dtype)'");
    }
  }

  @Test
  void open_moreTensorsThanAllowed_isRefused() throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i <= SafetensorsJson.MAX_ENTRIES; i++) {
      json.append(i == 0 ? "'" : ",'")
          .append(i)
          .append("':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}");
    }
    Path path = write(json.append('}').toString(), 0);
    var e = assertThrows(BadInputException.class, () -> Safetensors.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": has more than 100000 tensors");
  }

  @Test
  void open_badLength_saysWhatIsWrong() throws IOException {
    assertRefused(new byte[5], "is cut off after 5 bytes; a safetensors file begins with 8 of");
    assertRefused(bytes(0, ""), "its header does not begin with '{'");
    assertRefused(bytes(3, "{}"), "gives its header 3 bytes, but only 2 follow; it is cut off");
    assertRefused(bytes(100_000_000, "{}"), "gives its header 100000000 bytes, but only 2 follow");
    assertRefused(
        bytes(100_000_001, "{}"),
        "gives its header 100000001 bytes; a safetensors header has at most 100000000, so");
    assertRefused(bytes(-1, "{}"), "gives its header 18446744073709551615 bytes;");
  }

  @Test
  void open_headerThatIsNotUtf8_isRefused() throws IOException {
    byte[] bytes = bytes(8, "{\"a\":{}}");
    bytes[10] = (byte) 0xff;
    assertRefused(bytes, "its header is not UTF-8");
    assertRefused(
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(4)
            .put("{}".getBytes(StandardCharsets.UTF_16LE))
            .array(),
        "its header is not valid JSON: Illegal character");
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path path = Files.write(folder.resolve("bad.safetensors"), content);
    var e = assertThrows(BadInputException.class, () -> Safetensors.open(path));
    assertThat(e).hasMessageThat().startsWith(path + ": " + message);
    assertThat(e).hasMessageThat().doesNotContain("\n");
  }

  /** A header in single quotes, then as many zeros. */
  private Path write(String json, int dataBytes) throws IOException {
    byte[] header = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(
        folder.resolve("x.safetensors"), file.putLong(header.length).put(header).array());
  }

  private static byte[] bytes(long length, String rest) {
    return ByteBuffer.allocate(8 + rest.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(rest.getBytes(StandardCharsets.UTF_8))
        .array();
  }

  private static double sum(Tensor tensor) {
    double sum = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      sum += tensor.getDouble(i);
    }
    return sum;
  }
}
