package parity.harness.names;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.TensorInfo;

final class NamesFileTest {
  private static final TensorInfo F32 = new TensorInfo(DType.F32, Shape.of(1, 2, 3));
  private static final TensorInfo F16 = new TensorInfo(DType.F16, Shape.of(3, 2));
  private static final NamesFile.Sides SIDES = new NamesFile.Sides("the capture", "the candidate");

  @TempDir Path folder;

  private NamesFile file(String yaml) throws IOException {
    return NamesFile.read(Files.writeString(folder.resolve("names.yaml"), yaml));
  }

  private Names between(String yaml, List<String> expected, Map<String, TensorInfo> actual)
      throws IOException {
    return file(yaml).between(expected, expected, actual, SIDES);
  }

  private static List<String> stale(Names names) {
    return names.stale().stream()
        .map(line -> line.says().replaceFirst("^--names [^:]*: ", ""))
        .toList();
  }

  @Test
  void between_patterns_nameTensorsOfAllCalls() throws IOException {
    Names names =
        between(
            "'flow.blocks.{n}#k': 'dit/blk{n}/step{k}'\nflow.*: port/*\n",
            List.of("flow.blocks.0#0", "flow.blocks.11#9", "flow.mel", "hift.x"),
            Map.of("dit/blk0/step0", F32, "dit/blk11/step9", F32, "port/mel", F32, "hift.x", F32));
    assertThat(names.of("flow.blocks.0#0").orElseThrow().actual()).isEqualTo("dit/blk0/step0");
    assertThat(names.expected("dit/blk11/step9")).hasValue("flow.blocks.11#9");
    assertThat(names.of("flow.mel").orElseThrow().actual()).isEqualTo("port/mel");
    assertThat(names.of("hift.x").orElseThrow()).isEqualTo(NamedTensor.same("hift.x"));
    assertThat(names.stale()).isEmpty();
  }

  @Test
  void between_aNameAndAPattern_theNameHolds() throws IOException {
    Names names =
        between(
            "'*': 'x/*'\na: mine\n",
            List.of("a", "b"),
            Map.of("mine", F32, "x/a", F32, "x/b", F32));
    assertThat(names.of("a").orElseThrow().actual()).isEqualTo("mine");
    assertThat(names.of("b").orElseThrow().actual()).isEqualTo("x/b");
    assertThat(names.expected("x/a")).isEmpty();
  }

  @Test
  void between_twoOfAPattern_thatWouldBeOne_isRefused() throws IOException {
    NamesFile file = file("'a{n}': all\n");
    assertThat(
            assertThrows(
                BadInputException.class,
                () -> file.between(List.of("a1", "a2"), List.of(), Map.of("all", F32), SIDES)))
        .hasMessageThat()
        .contains("are both said to be 'all'");
  }

  @Test
  void between_aNameThatTheFileGivesToAnother_isNotItself() throws IOException {
    Names names = between("a: b\n", List.of("a", "b"), Map.of("a", F32, "b", F32));
    assertThat(names.of("a").orElseThrow().actual()).isEqualTo("b");
    assertThat(names.of("b")).isEmpty();
    assertThat(names.expected("a")).isEmpty();
  }

  @Test
  void between_names_areThoseOfOneSideAtMost() throws IOException {
    Names swapped = between("a: b\nb: a\n", List.of("a", "b"), Map.of("a", F32, "b", F32));
    assertThat(swapped.of("a").orElseThrow().actual()).isEqualTo("b");
    assertThat(swapped.of("b").orElseThrow().actual()).isEqualTo("a");
  }

  @Test
  void between_linesOfNothing_areStale() throws IOException {
    Names names =
        between(
            "alpha1: x\nbeta: nowhere\n'gamma.*': 'g.*'\n'be{n}': y\n",
            List.of("alpha", "beta", "gamma.a"),
            Map.of("x", F32, "gamma.a", F32));
    assertThat(stale(names))
        .containsExactly(
            "'alpha1' is no tensor of the capture; did you mean 'alpha'?",
            "'beta': 'nowhere' is no tensor of the candidate",
            "'gamma.*': 'gamma.a' would be 'g.a', which is no tensor of the candidate, and so it"
                + " is with all that it fits",
            "'be{n}': fits no tensor of the capture");
  }

  @Test
  void between_linesOfAnotherStage_areNotStale() throws IOException {
    NamesFile file = file("a: x\nother: y\n'other*': 'z*'\n");
    Names names =
        file.between(List.of("a", "other", "others"), List.of("a"), Map.of("x", F32), SIDES);
    assertThat(names.stale()).isEmpty();
  }

  @Test
  void between_defaults_areOfAllThatFit() throws IOException {
    Names names =
        between(
            "default: {dtype: [F16, I64], axes: [1, 0]}\nb: {axes: [0, 1]}\n",
            List.of("a", "b", "c"),
            Map.of("a", F16, "b", F16, "c", F32));
    NamedTensor a = names.of("a").orElseThrow();
    assertThat(a.layout()).isEqualTo(new Layout(List.of(), List.of(1, 0), List.of()));
    assertThat(a.converts(DType.F16, DType.F32)).isTrue();
    assertThat(a.converts(DType.BF16, DType.F32)).isFalse();
    assertThat(a.converts(DType.I64, DType.I32)).isTrue();
    assertThat(a.converts(DType.I64, DType.F32)).isFalse();
    assertThat(names.of("b").orElseThrow().layout().axes()).containsExactly(0, 1);
    assertThat(names.of("c").orElseThrow().layout()).isEqualTo(Layout.SAME);
    assertThat(names.fitting("a", F16)).isEqualTo(a);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {name: b, dtype: F64} | 'b' is F16, not F64 as said for 'a'",
        "a: {name: b, axes: [2, 1, 0]} | axes: [2, 1, 0] of 'a' does not fit the 2 axes of 'b'",
        "a: {name: b, squeeze: [0]} | squeeze: [0] of 'a' does not fit the 2 axes of 'b'",
        "a: {name: b, add: [3]} | add: [3] of 'a' does not fit the 2 axes of 'b'"
      })
  void fitting_whatATensorIsNot_isRefused(String yaml, String message) throws IOException {
    Names names = between(yaml, List.of("a"), Map.of("b", F16));
    assertThat(assertThrows(BadInputException.class, () -> names.fitting("a", F16)))
        .hasMessageThat()
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a*': 'b**' | the pattern 'a*' has 2 stars on the other side, and 1 here",
        "a: 'b*' | 'a' is one tensor, and 'b*' a pattern",
        "default: {name: x} | 'default' has a field 'name'; there are axes, squeeze, add and dtype",
        "default: {dtype: float} | 'default' has dtype 'float'",
        "a: {add: x} | 'a' has add 'x'; expected each axis once, as [0, 2, 1]",
        "a: {squeeze: [0, 0]} | 'a' has squeeze ['0', '0']; expected each axis once",
        "'*': a | both said to be 'a'"
      })
  void read_whatIsNoNamesFile_isRefused(String yaml, String message) throws IOException {
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> between(yaml, List.of("x", "y"), Map.of("a", F32)));
    assertThat(refused).hasMessageThat().contains(message);
  }

  @Test
  void types_areThoseOfNamesPatternsAndAll() throws IOException {
    NamesFile file =
        file("default: {dtype: F16}\na: {dtype: F64}\n'b*': {name: 'c*', dtype: BF16}");
    assertThat(file.types())
        .containsExactly("default F16", DType.F16, "a", DType.F64, "b*", DType.BF16);
  }

  @Test
  void line_anyNames_sayThatTheyAreOne() throws IOException {
    Random random = new Random(5);
    String signs = "ab*{}n#k\\'\": ,[]!&%@`|>-?\t\u0007\u00e9\ud83d\ude00.";
    for (int i = 0; i < 500; i++) {
      String expected = drawn(random, signs);
      String actual = drawn(random, signs);
      String line =
          Paste.line(
              expected,
              actual,
              random.nextBoolean()
                  ? Layout.SAME
                  : new Layout(List.of(1), List.of(1, 0), List.of(0)),
              random.nextBoolean() ? Optional.of(DType.F16) : Optional.empty());
      if (line.endsWith("{}")) {
        continue; // nothing is to be said
      }
      Names names = between(line + "\n", List.of(expected), Map.of(actual, F32));
      assertThat(names.of(expected).orElseThrow().actual()).isEqualTo(actual);
    }
  }

  private static String drawn(Random random, String signs) {
    int[] points = signs.codePoints().toArray();
    StringBuilder name = new StringBuilder();
    random
        .ints(random.nextInt(1, 7), 0, points.length)
        .forEach(at -> name.appendCodePoint(points[at]));
    return name.toString();
  }
}
