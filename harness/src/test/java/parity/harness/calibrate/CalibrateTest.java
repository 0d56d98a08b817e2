package parity.harness.calibrate;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.compare.limits.Limits;
import parity.harness.Main;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

/** Tables made of the sample's capture and of variants of it that are written here. */
final class CalibrateTest {
  private static final List<String> PARTS = List.of("llm", "flow", "hift");
  private static final String MEL = "python_flow_output";

  @TempDir Path folder;

  private Path capture() {
    return folder.resolve("captured");
  }

  private Path variant() {
    return folder.resolve("varied");
  }

  private Path table() {
    return folder.resolve("limits.txt");
  }

  private Path taps(String part) {
    return variant().resolve("taps_" + part + ".safetensors");
  }

  /** A variant that computed what Python computed. */
  @BeforeEach
  void vary() throws IOException {
    Samples.copy(Samples.CAPTURE, capture());
    // The sample has no taps of these kinds; the source, under their names, is as good.
    for (String file : List.of("taps_hift", "truth_hift_cumulative")) {
      Samples.rewriteTensors(
          capture().resolve(file + ".safetensors"),
          tensors -> {
            for (String name : List.of("hift._stft.0", "hift.f0_upsamp")) {
              tensors.putIfAbsent(name, Samples.of(tensors, "hift.m_source.0"));
            }
          });
    }
    Files.createDirectories(variant());
    for (String part : PARTS) {
      Files.createLink(
          taps(part), capture().resolve("taps_" + part + ".safetensors").toAbsolutePath());
    }
    try (TensorFile full = Safetensors.open(capture().resolve("debug_artifacts.safetensors"))) {
      Map<String, Tensor> outputs = new TreeMap<>();
      for (String name : List.of(MEL, "python_hift_source", "python_audio_output")) {
        outputs.put(name, full.get(name));
      }
      outputs.put("python_audio_output.from_source", full.get("python_audio_output"));
      Map<String, String> metadata = new TreeMap<>(full.metadata());
      metadata.put("variant", "itself");
      metadata.put("variant_says", "nothing else");
      SafetensorsWriter.write(variant().resolve("outputs.safetensors"), outputs, metadata);
    }
  }

  private Parity calibrate() {
    return Parity.run("calibrate", "--out", table(), capture() + "=" + variant());
  }

  private Limits made(Parity run) throws IOException {
    assertWithMessage("%s", run.err()).that(run.exitCode()).isEqualTo(0);
    return Limits.parse("limits.txt", Files.readAllLines(table()));
  }

  private static String refused(Parity run) {
    assertThat(run.exitCode()).isEqualTo(Main.BAD_INPUT);
    assertThat(run.err().strip().lines().count()).isEqualTo(1);
    return run.err();
  }

  @Test
  void calibrate_captureItself_isAsNoisyAsTheReference() throws IOException {
    Limits limits = made(calibrate());
    assertThat(limits.of("flow.decoder.estimator.proj_out#5").t()).isEqualTo(2);
    assertThat(limits.of("flow.decoder.estimator.proj_out#5").source()).contains("sigma 1.00");
    String text = Files.readString(table());
    assertThat(text).contains("itself    nothing else");
    assertThat(text).contains("#   captured: ");
    assertThat(text).contains("# 1 runs, ");
    assertThat(text).doesNotContain(folder.toString());
  }

  @Test
  void calibrate_threeTimesTheNoise_isMeasured() throws IOException {
    double[] error;
    try (TensorFile truth = Safetensors.open(capture().resolve("truth_outputs.safetensors"))) {
      Tensor mapped = truth.get(MEL);
      error = IntStream.range(0, (int) mapped.elements()).mapToDouble(mapped::getDouble).toArray();
    }
    Samples.rewriteTensors(
        variant().resolve("outputs.safetensors"),
        tensors -> {
          Tensor right = Samples.of(tensors, MEL);
          float[] values = right.toFloats();
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] - 2 * error[i]);
          }
          tensors.put(MEL, Tensor.ofFloats(right.shape(), values));
        });
    Parity run = calibrate();
    assertThat(made(run).of(MEL).t()).isEqualTo(4.5);
    assertThat(run.out()).containsMatch("kind flow.solution sigma 3.0\\d ");
    assertThat(run.out()).contains("sigma   varied " + MEL);
  }

  @Test
  void calibrate_variantOfAnotherCapture_isRefused() {
    Samples.rewriteMetadata(
        variant().resolve("outputs.safetensors"), metadata -> metadata.put("seed", "12345"));
    assertThat(refused(calibrate())).contains("is not of this capture: seed is '12345'");
  }

  @Test
  void calibrate_variantWithoutATap_isRefused() {
    Samples.rewriteTensors(taps("hift"), tensors -> tensors.remove("hift.conv_pre"));
    assertThat(refused(calibrate())).contains("has no hift.conv_pre, which its capture has");
  }

  @Test
  void calibrate_variantThatIsWrong_isRefused() {
    Samples.rewriteTensors(
        taps("hift"),
        tensors -> {
          Tensor right = Samples.of(tensors, "hift.conv_pre");
          float[] values = right.toFloats();
          values[7] = Float.NaN;
          tensors.put("hift.conv_pre", Tensor.ofFloats(right.shape(), values));
        });
    assertThat(refused(calibrate())).contains("that is no legal variant");
  }

  @Test
  void calibrate_kindThatNoCaptureHas_isRefused() throws IOException {
    for (String file : List.of("taps_llm", "truth_llm_cumulative")) {
      Files.delete(capture().resolve(file + ".safetensors"));
    }
    assertThat(refused(calibrate())).contains("no tensor of kind llm in these captures");
    assertThat(Files.exists(table())).isFalse();
  }

  @Test
  void calibrate_captureWithoutTruth_isRefused() throws IOException {
    Files.delete(capture().resolve("truth_outputs.safetensors"));
    assertThat(refused(calibrate())).contains("capture with truth");
  }

  @Test
  void calibrate_noPair_isRefused() {
    assertThat(refused(Parity.run("calibrate", "--out", table(), capture())))
        .contains("expected CAPTURE=VARIANT");
  }
}
