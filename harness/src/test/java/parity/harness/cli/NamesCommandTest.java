package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

/** {@code parity names suggest}. */
final class NamesCommandTest {
  @TempDir Path folder;

  /** The flow's tensors under other names, and laid out otherwise. */
  private void write(UnaryOperator<String> names, UnaryOperator<Tensor> layout) throws IOException {
    Path dumps = Files.createDirectories(folder.resolve("dumps"));
    Map<String, Tensor> written = new TreeMap<>();
    try (TensorFile taps = Safetensors.open(Samples.CAPTURE.resolve("taps_flow.safetensors"));
        TensorFile full =
            Safetensors.open(Samples.CAPTURE.resolve("debug_artifacts.safetensors"))) {
      taps.names().forEach(name -> written.put(names.apply(name), layout.apply(taps.get(name))));
      String mel = "python_flow_output";
      written.put(names.apply(mel), layout.apply(full.get(mel)));
      SafetensorsWriter.write(dumps.resolve("mine.safetensors"), written, Map.of());
    }
  }

  private Parity suggest() {
    return Parity.run(
        "names", "suggest", Samples.CAPTURE, folder.resolve("dumps"), "--stages", "flow");
  }

  private Parity flow(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("names.yaml"), yaml);
    return Parity.run(
        "flow",
        "--candidate",
        folder.resolve("dumps"),
        "--names",
        file,
        "--out",
        folder.resolve("out"));
  }

  private static Tensor turned(Tensor tensor) {
    if (tensor.shape().rank() != 3) {
      return tensor;
    }
    int batch = Math.toIntExact(tensor.shape().dim(0));
    int rows = Math.toIntExact(tensor.shape().dim(1));
    int columns = Math.toIntExact(tensor.shape().dim(2));
    float[] values = new float[batch * rows * columns];
    for (int i = 0; i < values.length; i++) {
      int inside = i % (rows * columns);
      values[i] =
          tensor.getFloat((long) i - inside + (long) (inside % rows) * columns + inside / rows);
    }
    return batch == 1
        ? Tensor.ofFloats(Shape.of(columns, rows), values)
        : Tensor.ofFloats(Shape.of(batch, columns, rows), values);
  }

  @Test
  void suggest_otherNamesAndLayouts_isAFileThatPassesAsItIs() throws IOException {
    write(
        name ->
            name.replaceFirst(
                    "^flow\\.decoder\\.estimator\\.transformer_blocks\\.(\\d+)\\.(.*)#(\\d+)$",
                    "dit/blk$1/step$3/$2")
                .replaceFirst("^flow\\.", "port."),
        NamesCommandTest::turned);
    Parity said = suggest();
    assertThat(said.exitCode()).isEqualTo(0);
    assertThat(said.out()).contains("# 159 of 159 expected tensors found by their numbers among");
    assertThat(said.out().lines().count()).isLessThan(60);
    Parity run = flow(said.out());
    assertWithMessage("%s%s", said.out(), run.out()).that(run.exitCode()).isEqualTo(0);
  }

  @Test
  void suggest_namesWithoutAnySense_areFoundByTheirNumbers() throws IOException {
    Map<String, String> given = new TreeMap<>();
    write(
        name -> given.computeIfAbsent(name, _ -> "t%03d".formatted(given.size())),
        UnaryOperator.identity());
    Parity said = suggest();
    assertThat(flow(said.out()).exitCode()).isEqualTo(0);
  }

  @Test
  void suggest_tensorsThatAreNot_areNamed() throws IOException {
    write(name -> name.equals("flow.input_embedding") ? "lost" : name, NamesCommandTest::zeroed);
    Parity said = suggest();
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out()).contains("# 0 of 159 expected tensors found");
    assertThat(said.out()).contains("# not found: flow.input_embedding\n");
    assertThat(said.out()).contains("# of the candidate, like nothing expected: ");
  }

  private static Tensor zeroed(Tensor tensor) {
    return Tensor.ofFloats(tensor.shape(), new float[Math.toIntExact(tensor.elements())]);
  }

  @Test
  void suggest_whatCannotBe_isRefused() {
    Parity other = Parity.run("names", "guess", Samples.CAPTURE, folder);
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("names guess: no such action; it is names suggest CAPTURE");
    Parity empty = Parity.run("names", "suggest", Samples.CAPTURE, folder);
    assertThat(empty.exitCode()).isEqualTo(3);
    Parity capture = Parity.run("names", "suggest", folder, Samples.CAPTURE);
    assertThat(capture.exitCode()).isEqualTo(3);
  }
}
