package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Artifacts that hold part of what a capture has, and do not say how they were made. */
final class PartialCaptureTest {
  private static final Path FULL = Path.of("debug_artifacts.safetensors");
  private static final Path FRONTEND = Path.of("frontend_artifacts.safetensors");
  private static final Path OTHER_STEPS =
      Path.of("..", "cosyvoice/src/test/resources/parity/cosyvoice/flow/flow_cases.safetensors");

  @TempDir Path folder;

  private Path capture;

  @BeforeEach
  void copy() throws IOException {
    capture = Files.createDirectories(folder.resolve("capture"));
    Files.copy(Samples.CAPTURE.resolve(FULL), capture.resolve(FULL));
    Files.copy(Samples.CAPTURE.resolve(FRONTEND), capture.resolve(FRONTEND));
  }

  private void keep(Path file, String... names) {
    saysNothing();
    Samples.rewriteTensors(
        capture.resolve(file), tensors -> tensors.keySet().retainAll(Set.of(names)));
  }

  private void saysNothing() {
    for (Path file : List.of(FULL, FRONTEND)) {
      Samples.rewriteMetadata(capture.resolve(file), metadata -> metadata.clear());
    }
  }

  private Parity run(String stage, Object... options) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                stage,
                "--artifacts",
                capture,
                "--model-dir",
                Samples.MODEL,
                "--prompt-wav",
                Samples.WAV,
                "--out",
                folder.resolve("out")));
    all.addAll(List.of(options));
    return Parity.run(all.toArray());
  }

  @Test
  void hift_withoutASource_isComparedAsFarAsItGoes() {
    keep(FULL, "python_flow_output", "python_audio_output");
    Parity all = run("hift");
    assertWithMessage("%s%s", all.out(), all.err()).that(all.exitCode()).isEqualTo(2);
    assertThat(all.out()).contains("NOT_COMPARED python_hift_source: expected F32");
    assertThat(all.out()).contains("1 PASS, ");
    Parity given = run("hift", "--expect", "given");
    assertWithMessage("%s%s", given.out(), given.err()).that(given.exitCode()).isEqualTo(0);
    assertThat(given.out()).contains("PASS (exit 0) of 1 declared tensors; 1 are out of scope");
  }

  @Test
  void frontend_ofOneTensorAlone_isComparedAsFarAsItGoes() {
    keep(FRONTEND, "speech_feat");
    assertThat(run("frontend").exitCode()).isEqualTo(2);
    Parity given = run("frontend", "--expect", "given");
    assertWithMessage("%s%s", given.out(), given.err()).that(given.exitCode()).isEqualTo(0);
    assertThat(given.out()).contains("of 1 declared, 3 out of scope");
  }

  @Test
  void flow_ofOtherSteps_failsAndNamesThem() {
    saysNothing();
    Samples.rewriteTensors(
        capture.resolve(FULL),
        tensors -> {
          try (TensorFile cases = Safetensors.open(OTHER_STEPS)) {
            Tensor mel = cases.get("one_step");
            tensors.put("python_flow_output", Tensor.ofFloats(mel.shape(), mel.toFloats()));
          }
        });
    Parity run = run("flow");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("hint: agrees with --n-timesteps 1; the capture does not say it, so give that\n");
    Parity told = run("flow", "--n-timesteps", "1");
    assertWithMessage("%s%s", told.out(), told.err()).that(told.exitCode()).isNotEqualTo(1);
    assertThat(told.out()).doesNotContain("agrees with");
  }

  @Test
  void flow_thatIsWrongUnderAnySettings_namesNone() {
    saysNothing();
    Samples.rewriteTensors(
        capture.resolve(FULL),
        tensors -> {
          Tensor mel = Samples.of(tensors, "python_flow_output");
          float[] louder = mel.toFloats();
          for (int i = 0; i < louder.length; i++) {
            louder[i] *= 1.1f;
          }
          tensors.put("python_flow_output", Tensor.ofFloats(mel.shape(), louder));
        });
    Parity run = run("flow");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("trying --streaming, which the capture does not say");
    assertThat(run.out()).doesNotContain("agrees with");
  }

  @Test
  void flow_whoseCaptureSaysItsSettings_triesNoOthers() {
    Samples.rewriteTensors(
        capture.resolve(FULL),
        tensors -> {
          Tensor mel = Samples.of(tensors, "python_flow_output");
          tensors.put(
              "python_flow_output",
              Tensor.ofFloats(mel.shape(), new float[Math.toIntExact(mel.elements())]));
        });
    assertThat(run("flow").out()).doesNotContain("trying --");
  }
}
