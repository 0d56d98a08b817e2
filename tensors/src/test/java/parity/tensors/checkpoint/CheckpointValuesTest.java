package parity.tensors.checkpoint;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
import parity.tensors.pickle.PickleBytes;
import parity.tensors.zip.ZipBytes;

/** All that PyTorch puts into a file besides a flat state_dict: {@code make_fixtures.py}. */
class CheckpointValuesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parity/tensors");

  @TempDir Path folder;

  @Test
  void names_ofEverything_arePaths() {
    Map<String, Float> first = new TreeMap<>();
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("everything.pt"))) {
      file.names().forEach(name -> first.put(name, file.get(name).getFloat(0)));
    }
    assertThat(first)
        .containsExactlyEntriesIn(
            Map.ofEntries(
                Map.entry("nested.y", 1f),
                Map.entry("nested.deep.z", 2f),
                Map.entry("list.0", 3f),
                Map.entry("list.2.0", 4f),
                Map.entry("tuple.0", 5f),
                Map.entry("3.x", 6f),
                Map.entry("2.5", 7f),
                Map.entry("None", 8f),
                Map.entry("(1, 'a')", 9f),
                Map.entry("b'k'", 11f),
                Map.entry("parameter", 10f),
                Map.entry("parameter.scale", 20f),
                Map.entry("attribute", 30f),
                Map.entry("['a.b']", 40f),
                Map.entry("['a']['b']", 41f),
                Map.entry("state.weight", 0f)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          list.1           | VALUE    | str 'beside'
          list.2.1         | VALUE    | int 5
          ['1']            | VALUE    | str 'text'
          [1]              | VALUE    | str 'number'
          parameter.tag    | ATTACHED | str 'kept'
          attribute.note   | ATTACHED | str 'hangs on'
          state._metadata  | ATTACHED | dict of 1 {'': {'version': 1}}
          epoch            | VALUE    | int 3
          big              | VALUE    | int 1180591620717411303424
          seed             | VALUE    | int 18446744073709551615
          rate             | VALUE    | float 0.5
          flag             | VALUE    | bool True
          none             | VALUE    | None None
          note             | VALUE    | str 'two\\u000alines'
          bytes            | VALUE    | bytes of 3 b'ab\u00ff'
          no bytes         | VALUE    | bytes of 0 b''
          bytearray        | VALUE    | bytearray (b'ab',)
          set              | VALUE    | set of 2 {1, 2}
          frozen           | VALUE    | set of 1 {'a'}
          complex          | VALUE    | complex (1.0, 2.0)
          floats           | VALUE    | list of 3 [0.5, 1.5, -2.5]
          mixed            | VALUE    | list of 3 [1, 'two', (None, True)]
          empty list       | VALUE    | list of 0 []
          empty dict       | VALUE    | dict of 0 {}
          params.0.lr      | VALUE    | float 0.1
          params.0.params  | VALUE    | list of 2 [0, 1]
          size             | VALUE    | tuple of 1 (3,)
          device           | VALUE    | torch.device ('cpu',)
          dtype            | VALUE    | torch.dtype torch.float32
          layout           | VALUE    | torch.layout ('torch.strided',)
          counter.a        | VALUE    | int 2
          counter.b        | VALUE    | int 1
          default.a        | VALUE    | list of 1 [1]
          range            | VALUE    | range (0, 3, 1)
          numpy scalar     | VALUE    | NumPy scalar (('f8', False, True), b'\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000...
          numpy array      | ARRAY    | NumPy array
          numpy texts      | ARRAY    | NumPy array
          numpy dtype      | VALUE    | NumPy dtype ('f4', False, True)
          quantised        | ARRAY    | quantised tensor
          channels         | ARRAY    | quantised tensor
          sparse           | ARRAY    | sparse tensor
          csr              | ARRAY    | sparse tensor
          ragged           | ARRAY    | nested tensor
          meta             | ARRAY    | meta tensor
          storage          | ARRAY    | storage of byte [12]
          fnuz             | ARRAY    | float8_e5m2fnuz [2]
          """)
  void others_ofEverything_sayWhatTheyAre(String name, Other.Role role, String says) {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("everything.pt"))) {
      assertThat(file.others()).hasSize(46);
      Other other = other(file, name);
      assertThat(other.role()).isEqualTo(role);
      assertThat(other.says()).isEqualTo(says);
    }
  }

  @Test
  void digest_ofEachThing_isItsOwn() {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("everything.pt"));
        Checkpoint again = Checkpoint.open(FIXTURES.resolve("everything.pt"))) {
      Map<String, String> names = new TreeMap<>();
      file.others()
          .forEach((name, other) -> {
            String digest = other.digest().get();
            assertThat(other(again, name).digest().get()).isEqualTo(digest);
            String before = names.put(digest, name);
            assertWithMessage("%s and %s", before, name).that(before).isNull();
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"bare.pt, tensor, true", "bare_list.pt, 0, false"})
  void open_valueThatIsNoDict_isRead(String path, String name, boolean unnamed) {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve(path))) {
      assertThat(file.names()).contains(name);
      assertThat(file.isUnnamed()).isEqualTo(unnamed);
      assertThat(file.get(name).getFloat(2)).isEqualTo(2);
    }
  }

  @Test
  void open_valueWithoutTensors_isListed() {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("bare_value.pt"))) {
      assertThat(file.names()).isEmpty();
      assertThat(other(file, "value").says()).isEqualTo("float 0.5");
    }
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("spk2embedding.pt"))) {
      assertThat(file.others().keySet()).containsExactly("name");
      assertThat(other(file, "name").kind()).isEqualTo("list of 192");
      assertThat(other(file, "name").value()).endsWith("0.5, 0.5,...");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void open_laterProtocols_areRead(int protocol) {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("protocol" + protocol + ".pt"))) {
      assertThat(file.names()).containsExactly("o.weight", "p", "w");
      assertThat(file.get("p").toFloats()).isEqualTo(new float[] {1, 2, 3});
      assertThat(file.others().keySet())
          .containsExactly("s", "f", "b", "a", "n", "o._metadata")
          .inOrder();
      assertThat(other(file, "a").says()).isEqualTo("bytearray (b'x',)");
      assertThat(other(file, "s").says()).isEqualTo("set of 1 {1}");
    }
  }

  @Test
  void get_viewsWithSignsToTurn_readAsPyTorchResolvesThem() {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("lazy.pt"))) {
      int views = 0;
      for (String name : file.names()) {
        if (!file.contains(name + " resolved")) {
          continue;
        }
        Tensor wanted = file.get(name + " resolved");
        assertThat(file.get(name).toString()).isEqualTo(wanted.toString());
        assertWithMessage(name).that(numbers(file.get(name))).isEqualTo(numbers(wanted));
        assertThat(file.slice(name).isPresent()).isEqualTo(name.endsWith(".plain"));
        views++;
      }
      assertThat(views).isEqualTo(44);
    }
  }

  /** As numbers, a zero without its sign: PyTorch's own depends on how it takes both bits off. */
  private static List<Double> numbers(Tensor tensor) {
    Tensor parts = tensor.dtype().isComplex() ? tensor.asReal() : tensor;
    return LongStream.range(0, parts.elements())
        .mapToObj(
            i -> parts.dtype().isFloating() ? parts.getDouble(i) + 0.0 : (double) parts.getLong(i))
        .toList();
  }

  @Test
  void open_negativeBitOnBooleans_isListedAsThat() {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("neg_bool.pt"))) {
      assertThat(other(file, "bool").says()).isEqualTo("BOOL with the negative bit [2]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uint16, U16, 2, 0x0302",
    "uint32, U32, 3, 0x0b0a0908",
    "uint64, U64, 1, 0x0706050403020100"
  })
  void get_typeOnAnUntypedStorage_isRead(String type, DType dtype, int elements, String last)
      throws IOException {
    Path path = untyped(p -> p.global("torch", type), elements, 0, 12);
    try (Checkpoint file = Checkpoint.open(path)) {
      Tensor tensor = file.get("w");
      assertThat(tensor.dtype()).isEqualTo(dtype);
      assertThat(tensor.getLong(elements - 1)).isEqualTo(Long.decode(last));
    }
  }

  @Test
  void open_typeThatReachesPastItsUntypedStorage_isRefused() throws IOException {
    Path path = untyped(p -> p.global("torch", "uint64"), 1, 1, 12);
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
    assertThat(e)
        .hasMessageThat()
        .endsWith("[1] with offset 1 and strides [1] reaches past its storage of 1 elements");
  }

  @Test
  void open_conjugateBitOnRealNumbers_isRefused() throws IOException {
    PickleBytes pickle = new PickleBytes().op('}', '(').text("w");
    pickle.global("torch._utils", "_rebuild_tensor_v2").op('(');
    storage(pickle, "FloatStorage", "torch", 3).number(0).tuple(3).tuple(1).op(0x89, '}');
    pickle.op('}').text("conj").op(0x88, 's', 't', 'R', 'u', '.');
    Path path = write(pickle, 12);
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
    assertThat(e)
        .hasMessageThat()
        .endsWith("tensor 'w' is F32 and has the conjugate bit; only complex ones may have it");
  }

  @Test
  void open_unknownBit_isRefused() throws IOException {
    PickleBytes pickle = new PickleBytes();
    pickle.global("torch._utils", "_rebuild_tensor_v2").op('(');
    storage(pickle, "FloatStorage", "torch", 3).number(0).tuple(3).tuple(1).op(0x89, '}');
    pickle.op('}').text("upside down").op(0x88, 's', 't', 'R', '.');
    Path path = write(pickle, 12);
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
    assertThat(e).hasMessageThat().endsWith("makes a tensor with a bit other than neg and conj");
  }

  private interface Type {
    PickleBytes in(PickleBytes pickle);
  }

  /** Bytes 0, 1, 2 ... under a tensor of a type. */
  private Path untyped(Type type, int elements, int offset, int bytes) throws IOException {
    PickleBytes pickle = new PickleBytes().op('}', '(').text("w");
    pickle.global("torch._utils", "_rebuild_tensor_v3").op('(');
    storage(pickle, "UntypedStorage", "torch.storage", bytes).number(offset);
    pickle.tuple(elements).tuple(1).op(0x89, '}');
    return write(type.in(pickle).op('t', 'R', 'u', '.'), bytes);
  }

  private static PickleBytes storage(PickleBytes pickle, String type, String module, int size) {
    return pickle
        .op('(')
        .text("storage")
        .global(module, type)
        .text("0")
        .text("cpu")
        .number(size)
        .op('t', 'Q');
  }

  private Path write(PickleBytes pickle, int bytes) throws IOException {
    byte[] counted = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      counted[i] = (byte) i;
    }
    ZipBytes zip =
        new ZipBytes().stored("x/data.pkl", pickle.toBytes()).stored("x/data/0", counted);
    return Files.write(folder.resolve("x.pt"), zip.toBytes());
  }

  private static Other other(TensorFile file, String name) {
    Other other = file.others().get(name);
    assertThat(other).isNotNull();
    return Objects.requireNonNull(other);
  }
}
