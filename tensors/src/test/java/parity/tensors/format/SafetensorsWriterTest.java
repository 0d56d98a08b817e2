package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Text;

class SafetensorsWriterTest {
  @Test
  void write_sameContentInAnotherOrder_givesTheSameBytes(@TempDir Path folder) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.ofFloats(Shape.of(1), 1));
    tensors.put("c", Tensor.ofDoubles(Shape.of(1), 2));
    tensors.put("a", Tensor.ofInts(Shape.of(), 3));
    SafetensorsWriter.write(
        folder.resolve("1"), tensors, new LinkedHashMap<>(Map.of("y", "1", "x", "ü")));
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .toList()
        .reversed()
        .forEach(e -> reversed.put(e.getKey(), e.getValue()));
    SafetensorsWriter.write(folder.resolve("2"), reversed, Map.of("x", "ü", "y", "1"));
    byte[] bytes = Files.readAllBytes(folder.resolve("1"));
    assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("2")));
    String expected =
        "{\"__metadata__\":{\"x\":\"ü\",\"y\":\"1\"},"
            + "\"c\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[8,12]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}";
    assertThat(new String(bytes, 8, bytes.length - 24, StandardCharsets.UTF_8).strip())
        .isEqualTo(expected);
    assertThat((bytes.length - 16) % 64).isEqualTo(0);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.toList()).hasSize(2);
    }
  }

  @Test
  void write_overAnEarlierFile_replacesIt(@TempDir Path folder) {
    Path path = folder.resolve("x.safetensors");
    SafetensorsWriter.write(path, Map.of("a", Tensor.ofInts(Shape.of(1), 1)), Map.of());
    try (TensorFile before = Safetensors.open(path)) {
      SafetensorsWriter.write(path, Map.of("a", Tensor.ofInts(Shape.of(1), 2)), Map.of());
      assertThat(before.get("a").toInts()[0]).isEqualTo(1);
    }
    try (TensorFile after = Safetensors.open(path)) {
      assertThat(after.get("a").toInts()[0]).isEqualTo(2);
    }
  }

  @Test
  void write_thatFailsHalfway_keepsTheEarlierFileAndLeavesNothing(@TempDir Path folder)
      throws IOException {
    Path path = Files.writeString(folder.resolve("x.safetensors"), "earlier");
    Tensor gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = Tensor.allocate(DType.F32, Shape.of(3), arena);
    }
    assertThrows(
        IllegalStateException.class,
        () -> SafetensorsWriter.write(path, Map.of("a", gone), Map.of()));
    assertThat(Files.readString(path)).isEqualTo("earlier");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.toList()).containsExactly(path);
    }
  }

  @Test
  void write_whereItCannot_saysWhy(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("something"), "");
    assertRefused(
        folder.resolve("no/x"), "cannot be written, as there is no folder " + folder.resolve("no"));
    assertRefused(
        file.resolve("x"), "cannot be written (Not a directory); give a file in a folder");
    assertRefused(full, "cannot be written (Is a directory); give a file in a folder");
  }

  @Test
  void write_nameThatCannotBe_isRefused(@TempDir Path folder) {
    Path path = folder.resolve("x");
    Tensor tensor = Tensor.ofInts(Shape.of(1), 1);
    var reserved =
        assertThrows(
            BadInputException.class,
            () -> SafetensorsWriter.write(path, Map.of("__metadata__", tensor), Map.of()));
    assertThat(reserved)
        .hasMessageThat()
        .isEqualTo(path + ": a tensor cannot be called '__metadata__' in a safetensors file");
    var half =
        assertThrows(
            BadInputException.class,
            () -> SafetensorsWriter.write(path, Map.of(), Map.of("k", "a\ud800")));
    assertThat(half)
        .hasMessageThat()
        .isEqualTo(path + ": half a surrogate pair cannot be written, in 'a\\ud800'");
    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void write_complexOfDoubles_isRefused(@TempDir Path folder) {
    Path path = folder.resolve("x");
    Tensor tensor = Tensor.of(DType.C128, Shape.of(1), MemorySegment.ofArray(new double[] {1, 2}));
    var e =
        assertThrows(
            BadInputException.class,
            () -> SafetensorsWriter.write(path, Map.of("c", tensor), Map.of()));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            path + ": tensor 'c' is C128, which a safetensors file cannot hold; write its parts");
  }

  @Test
  void write_headerOverTheFormatsLimit_isRefused(@TempDir Path folder) {
    Path path = folder.resolve("x");
    String long20MB = "x".repeat(20_000_000);
    Map<String, String> metadata =
        Map.of("a", long20MB, "b", long20MB, "c", long20MB, "d", long20MB, "e", long20MB);
    var e =
        assertThrows(
            BadInputException.class, () -> SafetensorsWriter.write(path, Map.of(), metadata));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            path
                + ": its header would take 100000056 bytes; the format allows 100000000, so write"
                + " fewer tensors or less metadata");
  }

  @Property(tries = 200)
  void write_anything_isReadBackAndAligned(
      @ForAll("tensors") Map<String, Tensor> tensors, @ForAll("texts") Map<String, String> metadata)
      throws IOException {
    Path path = Files.createTempFile("written", ".safetensors");
    try {
      SafetensorsWriter.write(path, tensors, metadata);
      try (TensorFile file = TensorFiles.open(path)) {
        assertThat(file.metadata()).isEqualTo(metadata);
        assertThat(file.names()).containsExactlyElementsIn(tensors.keySet());
        tensors.forEach((name, expected) -> assertSame(file.get(name), expected));
      }
    } finally {
      Files.delete(path);
    }
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.toString()).isEqualTo(expected.toString());
    assertThat(actual.data().mismatch(expected.data())).isEqualTo(-1);
    assertThat(actual.data().address() % actual.dtype().bytes()).isEqualTo(0);
  }

  @Provide
  static Arbitrary<Map<String, Tensor>> tensors() {
    Arbitrary<Shape> shapes =
        Arbitraries.longs().between(0, 4).array(long[].class).ofMaxSize(4).map(Shape::of);
    Arbitrary<Tensor> tensors =
        Combinators.combine(
                Arbitraries.of(SafetensorsHeader.DTYPES.values()), shapes, Arbitraries.longs())
            .as(SafetensorsWriterTest::random);
    return Arbitraries.maps(names().filter(n -> !n.equals("__metadata__")), tensors).ofMaxSize(8);
  }

  @Provide
  static Arbitrary<Map<String, String>> texts() {
    return Arbitraries.maps(names(), names()).ofMaxSize(4);
  }

  /** Any text that has a UTF-8 form: quotes, control characters and surrogate pairs included. */
  private static Arbitrary<String> names() {
    return Arbitraries.strings().ofMaxLength(6).filter(Text::isUnicode);
  }

  private static Tensor random(DType dtype, Shape shape, long seed) {
    byte[] bytes = new byte[(int) shape.elements() * dtype.bytes()];
    new Random(seed).nextBytes(bytes);
    return Tensor.of(dtype, shape, MemorySegment.ofArray(bytes));
  }

  private static void assertRefused(Path path, String message) {
    Map<String, Tensor> tensors = Map.of("a", Tensor.ofInts(Shape.of(1), 1));
    var e =
        assertThrows(
            BadInputException.class, () -> SafetensorsWriter.write(path, tensors, Map.of()));
    assertThat(e).hasMessageThat().startsWith(path + ": " + message);
  }
}
