package parity.harness.diff;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.harness.fixture.Parity;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/** {@code parity diff} and {@code inspect} of what is no plain tensor: never called right. */
class DiffOthersTest {
  private static final Path FIXTURES = Path.of("../tensors/src/test/resources/parity/tensors");
  private static final float[] NUMBERS = {1, -2, 4, 100};

  @TempDir Path folder;

  /**
   * A checkpoint of one float32 tensor, {@code w} on storage 0, and what else a pickle says;
   * storage 1 has numbers one larger.
   */
  private Path checkpoint(String name, float[] numbers, String rest) throws IOException {
    return pickle(name, numbers, "}(" + entry("w", tensor(0, "")) + rest + "u");
  }

  private Path pickle(String name, float[] numbers, String value) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    write(pickle, "\u0080\u0002" + value + ".");
    float[] larger = numbers.clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i]++;
    }
    Map<String, byte[]> members = new TreeMap<>();
    members.put("x/data.pkl", pickle.toByteArray());
    members.put("x/data/0", bytes(numbers));
    members.put("x/data/1", bytes(larger));
    return zip(name, members);
  }

  /**
   * Four numbers on a storage.
   *
   * @param bits the seventh argument of {@code _rebuild_tensor_v2}, if it has one
   */
  private static String tensor(int storage, String bits) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\n"
        + entry(Integer.toString(storage), "X\u0003\0\0\0cpuK\u0004tQK\0")
        + "K\u0004\u0085K\u0001\u0085\u0089N"
        + bits
        + "tR";
  }

  private static void write(ByteArrayOutputStream out, String latin1) {
    out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String entry(String key, String value) {
    return "X%c\0\0\0%s%s".formatted((char) key.length(), key, value);
  }

  private static byte[] bytes(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  private Path zip(String name, Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(member.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    return Files.write(folder.resolve(name), out.toByteArray());
  }

  private static byte[] npy(String descr, String shape, byte[] data) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s}".formatted(descr, shape);
    return ByteBuffer.allocate(10 + header.length() + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1))
        .put(data)
        .array();
  }

  private static void assertRun(Parity run, int exitCode, String... says) {
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(exitCode);
    for (String text : says) {
      assertThat(run.out()).contains(text);
    }
  }

  @Test
  void diff_viewWithTheNegativeBit_isOfWhatItReadsAs() throws IOException {
    String turned = "}(" + entry("w", tensor(0, "}" + entry("neg", "\u0088") + "s")) + "u";
    Path one = pickle("a.pt", NUMBERS, turned);
    assertRun(Parity.run("diff", one, checkpoint("b.pt", new float[] {-1, 2, -4, -100}, "")), 0);
    assertRun(Parity.run("diff", one, checkpoint("c.pt", NUMBERS, "")), 1, "FAIL w");
  }

  @Test
  void diff_tensorsBelowOthers_areComparedByTheirPaths() throws IOException {
    Path one = nested("a.pt", 0, 0);
    assertRun(Parity.run("diff", one, nested("b.pt", 0, 0)), 0, "3 PASS");
    assertRun(Parity.run("diff", one, nested("b.pt", 1, 0)), 1, "FAIL n.y", "2 PASS");
    assertRun(Parity.run("diff", one, nested("b.pt", 0, 1)), 1, "FAIL l.0", "2 PASS");
    assertRun(
        Parity.run("diff", one, checkpoint("b.pt", NUMBERS, "")),
        2,
        "NOT_COMPARED n.y",
        "NOT_COMPARED l.0");
    assertRun(
        Parity.run("diff", checkpoint("b.pt", NUMBERS, ""), one),
        2,
        "NOT_COMPARED n.y",
        "NOT_COMPARED l.0");
  }

  private Path nested(String name, int inDict, int inList) throws IOException {
    String below = entry("n", "}" + entry("y", tensor(inDict, "")) + "s");
    return checkpoint(name, NUMBERS, below + entry("l", "]" + tensor(inList, "") + "a"));
  }

  @Test
  void diff_tensorSavedAlone_isCompared() throws IOException {
    Path one = pickle("a.pt", NUMBERS, tensor(0, ""));
    assertRun(
        Parity.run("diff", one, pickle("b.pt", NUMBERS, tensor(0, ""))), 0, "PASS tensor: F32");
    assertRun(Parity.run("diff", one, pickle("b.pt", NUMBERS, tensor(1, ""))), 1, "FAIL tensor");
  }

  @Test
  void inspect_membersThatAreNotWhereTheyShouldBe_isBadInput() throws IOException {
    Map<String, byte[]> members = new TreeMap<>(Map.of("x/data.pkl", new byte[] {'N', '.'}));
    members.put("a", new byte[0]);
    Parity run = Parity.run("inspect", zip("short.pt", members));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("has its member 'a' outside the folder 'x/' of its data.pkl");
    members.remove("a");
    members.put("x/byteorder", new byte[1]);
    assertThat(Parity.run("inspect", zip("short.pt", members)).exitCode()).isEqualTo(3);
  }

  @Test
  void diff_sameValues_areCountedAndProveNothing() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, entry("epoch", "K\u0003"));
    assertRun(
        Parity.run("diff", one, checkpoint("b.pt", NUMBERS, entry("epoch", "K\u0003"))),
        0,
        "1 of kinds that are not compared equal, byte for byte; it proves nothing",
        "1 PASS, 0 VACUOUS, 0 FAIL, 0 NOT_COMPARED");
  }

  @Test
  void diff_valuesThatDifferOrAreMissing_keepFromPassing() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, entry("epoch", "K\u0003"));
    assertRun(
        Parity.run("diff", one, checkpoint("b.pt", NUMBERS, entry("epoch", "K\u0004"))),
        2,
        "NOT_COMPARED epoch: expected int 3, found int 4; not compared");
    Path without = checkpoint("b.pt", NUMBERS, "");
    assertRun(
        Parity.run("diff", one, without),
        2,
        "NOT_COMPARED epoch: expected int 3, found nothing of that name; not compared");
    assertRun(
        Parity.run("diff", without, one),
        2,
        "NOT_COMPARED epoch: found int 3, which the reference does not have; not compared");
  }

  @Test
  void diff_valuesThatReadAlikeInOneLine_areToldApart() throws IOException {
    String zeros = "](" + "K\0".repeat(40);
    Path one = checkpoint("a.pt", NUMBERS, entry("list", zeros + "K\u0001e"));
    Path other = checkpoint("b.pt", NUMBERS, entry("list", zeros + "K\u0002e"));
    assertRun(Parity.run("diff", one, other), 2, "on both sides, but they differ; not compared");
  }

  @Test
  void diff_valuesAgainstAFormatWithoutAny_areANote() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, entry("epoch", "K\u0003"));
    Path other = folder.resolve("b.safetensors");
    SafetensorsWriter.write(other, Map.of("w", Tensor.ofFloats(Shape.of(4), NUMBERS)), Map.of());
    String note =
        "1 values of the %s file are no tensors, and the %s file's format holds none; not"
            + " compared: 'epoch'";
    assertRun(Parity.run("diff", one, other), 0, note.formatted("expected", "actual"));
    assertRun(Parity.run("diff", other, one), 0, note.formatted("actual", "expected"));
  }

  @Test
  void diff_valueOnOneSideAndTensorOnTheOther_isOpen() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, entry("v", "K\u0003"));
    Path other = folder.resolve("b.safetensors");
    Tensor tensor = Tensor.ofFloats(Shape.of(4), NUMBERS);
    SafetensorsWriter.write(other, Map.of("w", tensor, "v", tensor), Map.of());
    assertRun(
        Parity.run("diff", one, other),
        2,
        "NOT_COMPARED v: expected int 3, found F32 [4]; not compared");
    assertRun(
        Parity.run("diff", other, one),
        2,
        "NOT_COMPARED v: expected F32 [4], found int 3; not compared");
  }

  @Test
  void diff_nothingThatCanBeCompared_isInconclusive() {
    Path values = FIXTURES.resolve("spk2embedding.pt");
    assertRun(Parity.run("diff", values, values), 2, "INCONCLUSIVE (exit 2)");
    Path objects = FIXTURES.resolve("objects.npz");
    assertRun(Parity.run("diff", objects, objects), 2, "1 of kinds that are not compared equal");
  }

  @Test
  void diff_everythingAgainstItself_passesOnItsTensorsAlone() {
    for (String name : new String[] {"everything.pt", "lazy.pt", "kinds.npz", "float8.pt"}) {
      Path file = FIXTURES.resolve(name);
      Parity run = Parity.run("diff", file, file);
      // Both types of eight bits have NaN and infinity among their 256 bytes, in the same places.
      assertWithMessage("%s", run.out()).that(run.exitCode()).isEqualTo(0);
    }
    Path file = FIXTURES.resolve("everything.pt");
    assertThat(Parity.run("diff", file, file).out())
        .contains("43 of kinds that are not compared equal");
  }

  @Test
  void diff_textsAndOddTypes_areNeverRight() throws IOException {
    byte[] w = npy("<f4", "(4,)", bytes(NUMBERS));
    byte[] text = npy("<U1", "(1,)", new byte[] {'a', 0, 0, 0});
    byte[] another = npy("<U1", "(1,)", new byte[] {'b', 0, 0, 0});
    Path one = zip("a.npz", Map.of("w.npy", w, "t.npy", text));
    assertRun(
        Parity.run("diff", one, zip("b.npz", Map.of("w.npy", w, "t.npy", text))), 0, "1 PASS");
    assertRun(
        Parity.run("diff", one, zip("b.npz", Map.of("w.npy", w, "t.npy", another))),
        2,
        "NOT_COMPARED t: text of 1 characters [1] on both sides, but they differ; not compared");
    assertRun(
        Parity.run("diff", one, zip("b.npz", Map.of("w.npy", w))),
        2,
        "NOT_COMPARED t: expected text of 1 characters [1], found nothing of that name; not compared");
    assertRun(
        Parity.run("diff", checkpoint("c.pt", NUMBERS, ""), one),
        2,
        "NOT_COMPARED t: found text of 1 characters [1], which the reference does not have");
  }

  @Test
  void diff_complex_isOfItsParts() {
    Tensor one = complex(1, 2, 3, 4);
    assertRun(diff(one, complex(1, 2, 3, 4)), 0, "PASS c: C64 [2] matches");
    assertRun(
        diff(one, complex(1, 2, 3, -4)),
        1,
        "FAIL c: C64 [2] differs",
        "at [1, 1] expected 4.0, found -4.0");
    assertRun(diff(one, complex(1, 2, 3, Float.NaN)), 1, "FAIL c: C64 [2] has 1 NaN");
    assertRun(
        diff(one, complex(1, 2)), 2, "NOT_COMPARED c: expected shape [2], found [1]; not compared");
    assertRun(
        diff(one, Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4)),
        2,
        "NOT_COMPARED c: expected type C64, found F32; not compared");
  }

  @Test
  void diff_complexWithTurnedAxes_areTurnedWithTheirParts() throws IOException {
    Tensor turned = complex(1, 2, 5, 6, 3, 4, 7, 8).reshape(2, 2);
    Path names = Files.writeString(folder.resolve("names.yaml"), "c: {axes: [1, 0]}");
    Tensor one = complex(1, 2, 3, 4, 5, 6, 7, 8).reshape(2, 2);
    assertRun(diff(one, turned, "--names", names), 0, "PASS c: C64 [2, 2] matches");
    assertRun(diff(one, one, "--names", names), 1);
  }

  @Test
  void diff_complexSaidToBeIntegers_isNotCompared() throws IOException {
    Path names = Files.writeString(folder.resolve("names.yaml"), "c: {dtype: I64}");
    Tensor whole = Tensor.of(DType.I64, Shape.of(2), MemorySegment.ofArray(new long[] {1, 2}));
    assertRun(
        diff(complex(1, 2, 3, 4), whole, "--names", names),
        2,
        "NOT_COMPARED c: expected type C64, found I64; not compared");
  }

  @Test
  void diff_unsignedAgainstSignedOfTheSameBits_differs() throws IOException {
    long[] bits = {1, -1};
    Path names = Files.writeString(folder.resolve("names.yaml"), "c: {dtype: I64}");
    Tensor unsigned = Tensor.of(DType.U64, Shape.of(2), MemorySegment.ofArray(bits));
    Tensor signed = Tensor.of(DType.I64, Shape.of(2), MemorySegment.ofArray(bits));
    assertRun(diff(unsigned, unsigned), 0);
    assertRun(
        diff(unsigned, signed, "--names", names),
        1,
        "first difference at 1: expected 18446744073709551615, found -1");
    Parity json = diff(unsigned, signed, "--names", names, "--json");
    assertThat(json.out()).contains("\"expected\" : 18446744073709551615");
  }

  private static Tensor complex(float... parts) {
    return Tensor.of(DType.C64, Shape.of(parts.length / 2), MemorySegment.ofArray(parts));
  }

  private Parity diff(Tensor expected, Tensor actual, Object... options) {
    Path one = folder.resolve("one.safetensors");
    Path other = folder.resolve("other.safetensors");
    SafetensorsWriter.write(one, Map.of("c", expected), Map.of());
    SafetensorsWriter.write(other, Map.of("c", actual), Map.of());
    Object[] arguments = Arrays.copyOf(new Object[] {"diff", one, other}, 3 + options.length);
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Parity.run(arguments);
  }

  @Test
  void diff_arraysWithoutNames_belongTogetherWhateverTheirFilesAreCalled() throws IOException {
    byte[] right = npy("<f4", "(4,)", bytes(NUMBERS));
    byte[] big = npy(">f4", "(4,)", swapped(bytes(NUMBERS)));
    byte[] wrong = npy("<f4", "(4,)", bytes(1, -2, 4, 101));
    Path one = Files.write(folder.resolve("a.npy"), right);
    Path[] same = {
      Files.write(folder.resolve("b.npy"), big),
      zip("c.npz", Map.of("x.npy", right)),
      checkpoint("d.pt", NUMBERS, ""),
      folder.resolve("e.safetensors")
    };
    SafetensorsWriter.write(same[3], Map.of("y", Tensor.ofFloats(Shape.of(4), NUMBERS)), Map.of());
    for (Path other : same) {
      assertRun(Parity.run("diff", one, other), 0, "PASS a: F32 [4] matches");
      assertRun(Parity.run("diff", other, one), 0, "1 PASS");
    }
    Path another = Files.write(folder.resolve("w.npy"), wrong);
    assertRun(Parity.run("diff", one, another), 1, "FAIL a: F32 [4] differs");
    Path two = zip("two.npz", Map.of("a.npy", right, "b.npy", right));
    assertRun(Parity.run("diff", one, two), 2, "NOT_COMPARED b: found F32 [4]");
    assertRun(
        Parity.run("diff", zip("f.npz", Map.of("x.npy", right)), same[1]),
        0,
        "PASS x: F32 [4] matches");
    assertRun(
        Parity.run("diff", zip("f.npz", Map.of("x.npy", right)), same[3]), 2, "NOT_COMPARED y");
    Path bare = FIXTURES.resolve("bare.pt");
    assertRun(Parity.run("diff", bare, bare), 0, "PASS tensor: F32 [4, 6] matches");
  }

  private static byte[] swapped(byte[] bytes) {
    byte[] swapped = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      swapped[i] = bytes[i ^ 3];
    }
    return swapped;
  }

  @Test
  void diff_json_namesWhatIsNotCompared() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, entry("same", "K\u0003") + entry("other", "K\u0001"));
    Path other = checkpoint("b.pt", NUMBERS, entry("same", "K\u0003") + entry("other", "K\u0002"));
    JsonNode json = new ObjectMapper().readTree(Parity.run("diff", one, other, "--json").out());
    assertThat(json.at("/equal_and_not_compared/0").asText()).isEqualTo("same");
    assertThat(json.at("/notes").size()).isEqualTo(0);
    assertThat(json.at("/coverage/NOT_COMPARED").asInt()).isEqualTo(1);
    assertThat(json.at("/tensors/0/verdict").asText()).isEqualTo("NotCompared");
    assertThat(json.at("/tensors/0/name").asText()).isEqualTo("other");
  }

  @Test
  void diff_damagedMember_isBadInput() throws IOException {
    Path one = checkpoint("a.pt", NUMBERS, "");
    byte[] bytes = Files.readAllBytes(one);
    byte[] hundred = bytes(100);
    for (int at = 0; at < bytes.length - 4; at++) {
      if (Arrays.equals(bytes, at, at + 4, hundred, 0, 4)) {
        bytes[at] ^= 1;
      }
    }
    Path damaged = Files.write(folder.resolve("b.pt"), bytes);
    for (Parity run :
        new Parity[] {Parity.run("diff", one, damaged), Parity.run("inspect", damaged)}) {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("its member 'x/data/0' is damaged; get the file again");
    }
    assertRun(Parity.run("inspect", one), 0, "F32   [4]                    w\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          everything.pt | F32   [3]                    nested.y
          everything.pt | int                          epoch = 3  (no tensor)
          everything.pt | sparse tensor                sparse  (not compared)
          everything.pt | dict of 1                    state._metadata = {'': {'version': 1}}  (attached)
          bare.pt       | F32   [4, 6]                 tensor
          spk2embedding.pt | list of 192                  name = [0.5, 0.5,
          kinds.npz     | text of 3 characters [2]     text  (not compared)
          kinds.npz     | BF16  [6]                    bfloat16
          objects.npz   | Python objects [2]           x  (not compared)
          """)
  void inspect_eachKind_isListed(String file, String line) {
    assertRun(Parity.run("inspect", FIXTURES.resolve(file)), 0, line.replaceAll("^'|'$", ""));
  }

  @Test
  void inspect_json_listsWhatIsNoTensor() throws IOException {
    Parity run = Parity.run("inspect", "--json", FIXTURES.resolve("everything.pt"));
    JsonNode others = new ObjectMapper().readTree(run.out()).get("others");
    assertThat(others.size()).isEqualTo(46);
    assertThat(others.at("/epoch/role").asText()).isEqualTo("value");
    assertThat(others.at("/epoch/kind").asText()).isEqualTo("int");
    assertThat(others.at("/epoch/value").asText()).isEqualTo("3");
    assertThat(others.at("/fnuz/shape/0").asInt()).isEqualTo(2);
  }
}
