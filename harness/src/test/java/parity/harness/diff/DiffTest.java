package parity.harness.diff;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/** {@code parity diff}: each verdict, each option, each complaint. */
class DiffTest {
  private static final Shape FOUR = Shape.of(4);
  private static final Tensor NUMBERS = Tensor.ofFloats(FOUR, 1, -2, 4, 100);

  @TempDir Path folder;

  private Path file(String name, Map<String, Tensor> tensors) {
    Path path = folder.resolve(name);
    SafetensorsWriter.write(path, tensors, Map.of());
    return path;
  }

  private Path expected() {
    return file("expected.safetensors", Map.of("x", NUMBERS, "y", Tensor.ofInts(FOUR, 1, 2, 3, 4)));
  }

  private Path names(String yaml) throws IOException {
    return Files.writeString(folder.resolve("names.yaml"), yaml);
  }

  private Parity withX(Tensor x, Object... options) {
    Path actual = file("actual.safetensors", Map.of("x", x, "y", Tensor.ofInts(FOUR, 1, 2, 3, 4)));
    Object[] arguments = new Object[options.length + 3];
    arguments[0] = "diff";
    arguments[1] = expected();
    arguments[2] = actual;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Parity.run(arguments);
  }

  @Test
  void diff_sameFile_passes() {
    Parity run = Parity.run("diff", expected(), expected());
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .contains("2 PASS, 0 VACUOUS, 0 FAIL, 0 NOT_COMPARED, 0 SKIPPED\nPASS (exit 0)");
  }

  @Test
  void diff_anotherNumber_failsAndSaysWhere() {
    Parity run = withX(Tensor.ofFloats(FOUR, 1, -2, 4.5f, 100));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("FAIL x: F32 [4] differs, relative L2 ");
    assertThat(run.out()).contains("max abs 0.5000 at [2] expected 4.0, found 4.5");
    assertThat(run.out()).contains("mean abs 0.1250, L1 0.5000, rms 0.2500, relative L2 0.004995");
  }

  @Test
  void diff_notANumberOnOneSide_fails() {
    Parity run = withX(Tensor.ofFloats(FOUR, 1, Float.NaN, 4, 100));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("has 1 NaN, 0 infinite, expected 0 NaN, 0 infinite; first at [1] expected -2.0");
  }

  @Test
  void diff_anotherShape_isInconclusive() {
    Parity run = withX(NUMBERS.reshape(2, 2));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("NOT_COMPARED x: expected shape [4], found [2, 2]; not compared");
  }

  @Test
  void diff_anotherType_isInconclusiveUnlessItIsSaid() throws IOException {
    Tensor wide = Tensor.ofDoubles(FOUR, 1, -2, 4, 100);
    Parity run = withX(wide);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("NOT_COMPARED x: expected type F32, found F64; not compared");
    Parity said = withX(wide, "--names", names("x: {dtype: F64}"));
    assertWithMessage("%s", said.out()).that(said.exitCode()).isEqualTo(0);
    assertThat(said.out()).contains("default for F32");
  }

  @Test
  void diff_noTensorInCommon_isInconclusiveAndSaysSo() {
    Path other = file("other.safetensors", Map.of("z", NUMBERS));
    Parity run = Parity.run("diff", expected(), other);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("no tensor is in both files; nothing was compared");
  }

  @Test
  void diff_missingAndUnexpected_areInconclusiveWithANearName() {
    Path one = file("one.safetensors", Map.of("x", NUMBERS, "decoder.weight", NUMBERS));
    Path other = file("other.safetensors", Map.of("x", NUMBERS, "decoder.weights", NUMBERS));
    Parity run = Parity.run("diff", one, other);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("perhaps it is called decoder.weights here");
    assertThat(run.out())
        .contains("NOT_COMPARED decoder.weights: found F32 [4], which the reference does not have");
  }

  @Test
  void diff_nothingButEmptyTensors_isInconclusive() {
    Path empty = file("empty.safetensors", Map.of("x", Tensor.ofFloats(Shape.of(0))));
    Parity run = Parity.run("diff", empty, empty);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("VACUOUS x");
  }

  @Test
  void diff_namesFile_renamesTurnsAndWidens() throws IOException {
    float[] values = {1, 2, 3, 4, 5, 6};
    short[] half = new short[6];
    for (int i = 0; i < 6; i++) {
      half[i] = Float.floatToFloat16(values[i % 2 * 3 + i / 2]);
    }
    Path one = file("one.safetensors", Map.of("a.b", Tensor.ofFloats(Shape.of(2, 3), values)));
    Path other =
        file(
            "other.safetensors",
            Map.of("mine", Tensor.of(DType.F16, Shape.of(3, 2), MemorySegment.ofArray(half))));
    Path names = names("a.b: {name: mine, axes: [1, 0], dtype: F16}");
    Parity run = Parity.run("diff", one, other, "--names", names);
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("default for F16");
  }

  @Test
  void diff_namesThatExchangeTwo_compareEachWithTheOther() throws IOException {
    Tensor others = Tensor.ofFloats(FOUR, 9, 8, 7, 5);
    Path one = file("one.safetensors", Map.of("a", NUMBERS, "b", others));
    Path other = file("other.safetensors", Map.of("b", NUMBERS, "a", others));
    assertThat(Parity.run("diff", one, other).exitCode()).isEqualTo(1);
    Path names = names("a: b\nb: a\n");
    assertThat(Parity.run("diff", one, other, "--names", names).exitCode()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | names nothing",
        "'{}' | names nothing",
        "'# only this' | names nothing",
        "'[a, b]' | names nothing",
        "'x: [' | is not valid YAML",
        "'x: 7' | 'x' is '7', which is no name of the other side",
        "'7: x' | the key '7' is no name",
        "'x: {name: 7}' | 'x' has the name '7', which is no text",
        "'x: {nam: x}' | 'x' has a field 'nam'; there are name, axes, squeeze, add and dtype",
        "'x: {axes: [0, 0]}' | 'x' has axes ['0', '0']; expected each axis once",
        "'x: {axes: [0, 1]}' | axes: [0, 1] of 'x' does not fit the 1 axes of 'x' F32 [4]",
        "'x: {dtype: float}' | 'x' has dtype 'float'; known are",
        "'x: {dtype: F16}' | 'x' is F32, not F16 as said for 'x'",
        "'x: y\ny: y' | 'x' and 'y' are both said to be 'y'",
        "'x: y\nx: x' | 'x' is there twice",
        "'x: ' | 'x' is '', which is no name",
        "'x: [y]' | 'x' is a list, which is no name",
        "'[x]: y' | is not valid YAML: Non scalar key",
        "'x: {axes: 0}' | 'x' has axes '0'; expected each axis once",
        "'x: {axes: [[0]]}' | 'x' has axes [a list]; expected",
        "'x: {axes: [99999999999999999999]}' | 'x' has axes ['99999999999999999999']; expected",
        "'x: {axes: [-1]}' | 'x' has axes ['-1']; expected",
        "'x: {dtype: [F32]}' | 'x' has dtype a list; known are",
        "'x: {name: x, name: y}' | 'x' has its name twice",
        "'x: {name: x, axes: [0], squeeze: [], add: [], dtype: F32, a: 1}' | 'x' has 6 fields",
        "'x: x\n---\nx: x' | line 2 is not valid YAML: but found another document",
        "'x: &a {axes: *a}' | 'x' has axes a mapping; expected",
        "'x: &a {axes: [*a]}' | 'x' has axes [a mapping]; expected",
        "'&a x: *b' | line 1 is not valid YAML: found undefined alias b",
        "'x: !!int seven' | 'x' is 'seven', which is no name",
        "'x: !!java.lang.ProcessBuilder [sh]' | 'x' is a list, which is no name",
        "'%YAML 9.9\n---\nx: x' | not valid YAML",
        "'x: {axes: [0], dtype: &d F64' | is not valid YAML"
      })
  void diff_namesFileThatCannotBe_isRefused(String yaml, String message) throws IOException {
    Path file = expected();
    Parity run = Parity.run("diff", file, file, "--names", names(yaml));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).startsWith("parity: --names ");
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines().count()).isEqualTo(1);
  }

  /** What exhausts a reader that is not careful: depth, aliases of aliases, sizes. */
  @Test
  void diff_namesFileThatIsTooMuch_isRefusedInOneLine() throws IOException {
    StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      aliases.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    StringBuilder indented = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      indented.append(" ".repeat(i)).append("k:\n");
    }
    Map<String, String> files =
        Map.of(
            "x: " + "[".repeat(3000),
            "line 1 nests more than 20 levels deep",
            "x: " + "{a: ".repeat(3000),
            "line 1 nests more than 20 levels deep",
            "[".repeat(3000) + "]".repeat(3000) + ": x",
            "line 1 nests more than 20 levels deep",
            "- ".repeat(3000) + "x",
            "line 1 nests more than 20 levels deep",
            indented.toString(),
            "nests more than 20 levels deep",
            aliases.toString(),
            "",
            "x: {axes: [" + "0, ".repeat(100_000) + "0]}",
            "'x' has axes [",
            "x: {dtype: " + "9".repeat(1_000_000) + "}",
            "'x' has dtype '999",
            "x: {axes: [" + "9".repeat(1_000_000) + "]}",
            "'x' has axes ['999");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Parity run = Parity.run("diff", expected(), expected(), "--names", names(file.getKey()));
      assertWithMessage(run.err()).that(run.exitCode()).isEqualTo(3);
      assertThat(run.err().lines().count()).isEqualTo(1);
      assertThat(run.err()).startsWith("parity: --names ");
      assertThat(run.err()).contains(file.getValue());
    }
  }

  @Test
  void diff_lineOfANamesFileThatNamesNothing_isToldAndDoesNoHarm() throws IOException {
    Path file = file("long.safetensors", Map.of("encoder.layers.0.norm", NUMBERS));
    Path names = names("encoder.layers.0.norms: anything");
    Parity run = Parity.run("diff", file, file, "--names", names);
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .contains(
            "--names %s: 'encoder.layers.0.norms' is no tensor of %s; did you mean"
                    .formatted(names, file)
                + " 'encoder.layers.0.norm'?");
    Parity lost = Parity.run("diff", file, file, "--names", names("encoder.layers.0.norm: other"));
    assertThat(lost.exitCode()).isEqualTo(2);
    assertThat(lost.out()).contains("'encoder.layers.0.norm': 'other' is no tensor of " + file);
    Parity longer = Parity.run("diff", file, file, "--names", names("x: " + "y".repeat(999_000)));
    assertThat(longer.exitCode()).isEqualTo(0);
    assertThat(longer.out().length()).isLessThan(3000);
  }

  @Test
  void diff_whatCannotBeCompared_endsWithTheLineThatLetsIt() throws IOException {
    float[] values = {1, 2, 3, 4, 5, 6};
    Path one =
        file(
            "one.safetensors",
            Map.of(
                "norm", Tensor.ofFloats(Shape.of(2, 3), 1, 4, 2, 5, 3, 6),
                "mel", Tensor.ofFloats(Shape.of(1, 6), values),
                "double", Tensor.ofFloats(Shape.of(6), values)));
    Path other =
        file(
            "other.safetensors",
            Map.of(
                "norm", Tensor.ofFloats(Shape.of(3, 2), 1, 5, 4, 3, 2, 6),
                "mels", Tensor.ofFloats(Shape.of(6), values),
                "double", Tensor.ofDoubles(Shape.of(6), 1, 2, 3, 4, 5, 6)));
    Parity run = Parity.run("diff", one, other);
    assertThat(run.exitCode()).isEqualTo(2);
    List<String> lines =
        run.out()
            .lines()
            .filter(line -> line.contains("in the names file: "))
            .map(line -> line.replaceFirst(".*in the names file: ", ""))
            .toList();
    assertThat(lines)
        .containsExactly(
            "norm: {axes: [1, 0]}", "mel: {name: mels, add: [0]}", "double: {dtype: F64}");
    Parity pasted = Parity.run("diff", one, other, "--names", names(String.join("\n", lines)));
    assertThat(pasted.out()).contains("3 PASS, ");
    assertThat(pasted.exitCode()).isEqualTo(0);
  }

  @Test
  void diff_filesThatCannotBeRead_areRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no tensors in here");
    for (Path bad : new Path[] {folder, folder.resolve("nowhere"), text}) {
      Parity run = Parity.run("diff", expected(), bad);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains(bad.toString());
    }
    Parity names = Parity.run("diff", expected(), expected(), "--names", folder.resolve("none"));
    assertThat(names.exitCode()).isEqualTo(3);
    assertThat(names.err()).contains("none: no such file");
  }

  @Test
  void diff_givenLimit_needsAReasonAndPrintsIt() {
    Tensor other = Tensor.ofFloats(FOUR, 1, -2, 4.5f, 100);
    Parity without = withX(other, "--atol", "1", "--relative-l2", "0.01");
    assertThat(without.exitCode()).isEqualTo(3);
    assertThat(without.err()).contains("a limit was given without a reason");
    Parity with =
        withX(other, "--atol", "1", "--relative-l2", "0.01", "--reason", "four bits are enough");
    assertThat(with.exitCode()).isEqualTo(0);
    assertThat(with.out()).contains("# limits were given: four bits are enough");
    assertThat(with.out()).contains("(given, because four bits are enough)");
    Parity alone = withX(NUMBERS, "--reason", "just so");
    assertThat(alone.exitCode()).isEqualTo(3);
    assertThat(alone.err()).contains("--reason was given, but no limit");
    Parity negative = withX(NUMBERS, "--rtol", "-1", "--reason", "just so");
    assertThat(negative.exitCode()).isEqualTo(3);
    assertThat(negative.err()).contains("--rtol -1.0: expected a number of 0 or more");
  }

  @Test
  void diff_manyTensors_showsTheWorstFirst() {
    Map<String, Tensor> one = new HashMap<>();
    Map<String, Tensor> other = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      one.put("t" + i, NUMBERS);
      other.put("t" + i, Tensor.ofFloats(FOUR, 1, -2, 4, 100 + i / 10000f));
    }
    Path expected = file("one.safetensors", one);
    Path actual = file("other.safetensors", other);
    Parity two = Parity.run("diff", expected, actual, "--worst", "2");
    assertThat(two.out()).startsWith("FAIL t19");
    assertThat(two.out()).contains("18 more, none of them worse (--all shows them)");
    assertThat(Parity.run("diff", expected, actual, "--all").out()).contains("PASS t1:");
    assertThat(Parity.run("diff", expected, actual).out()).contains("10 more");
    Parity negative = Parity.run("diff", expected, actual, "--worst", "-1");
    assertThat(negative.exitCode()).isEqualTo(3);
    assertThat(negative.err()).contains("--worst -1");
  }

  @Test
  void diff_argumentsThatAreNotPlain_areUnderstoodByPicocli() throws IOException {
    Path names = names("x: {dtype: F32}");
    Object[] plain = {
      "diff",
      expected(),
      expected(),
      "--names",
      names,
      "--worst",
      "1",
      "--rtol",
      "1e-3",
      "--atol",
      "0",
      "--relative-l2",
      "1",
      "--reason",
      "so",
      "--threads",
      "1"
    };
    Object[] joined = {
      "diff",
      "--names=" + names,
      "--worst=1",
      "--rtol=1e-3",
      "--atol=0",
      "--relative-l2=1",
      "--reason=so",
      "--threads=1",
      expected(),
      expected()
    };
    Parity run = Parity.run(plain);
    assertThat(run.out()).contains("# limits were given: so");
    assertThat(Parity.run(joined)).isEqualTo(run);
    assertThat(Parity.run("diff", "--help").out()).contains("--relative-l2=X");
    assertThat(Parity.run("diff", expected()).err()).contains("Missing required parameter");
    assertThat(Parity.run("diff", expected(), expected(), "--worst", "x").err())
        .contains("'x' is not an int");
    assertThat(Parity.run("diff", expected(), expected(), "--threads", "0").err())
        .contains("--threads 0: at least one thread computes");
  }

  @Test
  void diff_json_hasEachTensorAndIsTheSameForAnyNumberOfThreads() {
    Parity run = withX(Tensor.ofFloats(FOUR, 1, -2, 4.5f, 100), "--json", "--threads", "1");
    JsonNode json = run.json();
    assertThat(json.get("verdict").asText()).isEqualTo("FAIL");
    assertThat(json.get("exit_code").asInt()).isEqualTo(1);
    assertThat(json.get("coverage").get("FAIL").asInt()).isEqualTo(1);
    JsonNode x = json.get("tensors").get(0);
    assertThat(x.get("name").asText()).isEqualTo("x");
    assertThat(x.get("max_abs").asDouble()).isEqualTo(0.5);
    assertThat(x.get("max_abs_at").get("index").get(0).asInt()).isEqualTo(2);
    assertThat(x.get("limits_from").asText()).isEqualTo("default for F32");
    Parity again = withX(Tensor.ofFloats(FOUR, 1, -2, 4.5f, 100), "--json", "--threads", "3");
    assertThat(again.out()).isEqualTo(run.out());
  }

  @Test
  void diff_sampleOfEachFormat_isRead() {
    for (Path file :
        new Path[] {
          Samples.MODEL.resolve("flow.pt"), Samples.CAPTURE.resolve("taps_hift.safetensors")
        }) {
      Parity run = Parity.run("diff", file, file, "--worst", "0");
      assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    }
  }
}
