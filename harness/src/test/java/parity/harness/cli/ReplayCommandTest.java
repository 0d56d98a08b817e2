package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Modules on the reference's own inputs. */
class ReplayCommandTest {
  private static final String BLOCK = "flow.decoder.estimator.transformer_blocks.";

  @TempDir Path folder;

  private Parity replay(String module, Path capture) {
    return parity(capture, "replay", module);
  }

  private Parity run(String stage, Path capture) {
    return parity(capture, stage);
  }

  private Parity parity(Path capture, String... verb) {
    List<Object> arguments = new ArrayList<>(List.of((Object[]) verb));
    arguments.addAll(
        List.of(
            "--artifacts", capture, "--model-dir", Samples.MODEL, "--out", folder.resolve("out")));
    return Parity.run(arguments.toArray());
  }

  /** A capture without checksums, of which one tensor is another. */
  private Path spoilt(String file, String name, float factor) throws IOException {
    Path capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
    Files.delete(capture.resolve("checksums.txt"));
    Samples.rewriteTensors(
        capture.resolve(file),
        tensors -> {
          Tensor tensor = Samples.of(tensors, name);
          float[] values = tensor.toFloats();
          for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
          }
          tensors.put(name, Tensor.ofFloats(Shape.of(tensor.shape().dims()), values));
        });
    return capture;
  }

  @Test
  void replay_oneCall_looksAtThatAlone() {
    Parity run = replay(BLOCK + "0.attn#5", Samples.CAPTURE);
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("PASS " + BLOCK + "0.attn#5: sigma ");
    assertThat(run.out()).contains("1 PASS, 0 VACUOUS, 0 FAIL");
  }

  @Test
  void replay_noCall_looksAtAllOfThem() {
    Parity run = replay("llm.llm.model.model.norm", Samples.CAPTURE);
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("PASS llm.llm.model.model.norm#0: ");
    assertThat(run.out()).contains("PASS llm.llm.model.model.norm#3: ");
  }

  @Test
  void replay_unknownModule_isRefused() {
    Parity run = replay("flow.decoder.nothing", Samples.CAPTURE);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("taps_flow.safetensors holds no module of that name");
    assertThat(replay("mel", Samples.CAPTURE).err())
        .contains("mel: no module of llm, flow or hift; expected a name as in the capture");
  }

  @Test
  void run_healthy_saysWhatItCanSeeAndThatItRepeats() {
    Parity run = run("flow", Samples.CAPTURE);
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("control seen: one frame of python_flow_output repeated");
    assertThat(run.out()).containsMatch("control seen: weights of .* in bfloat16, by flow");
    assertThat(run.out()).containsMatch("control seen: one number of .* nudged by 0.001");
    assertThat(run.out()).contains("repeatable: 100 of ");
    assertThat(run.out()).doesNotContain("CONTROL NOT SEEN");
  }

  @Test
  void run_tapScaled_namesItsModuleAndCallsTheRestRight() throws IOException {
    String name = BLOCK + "1.ff.ff.0.0#5";
    Parity run = run("flow", spoilt("taps_flow.safetensors", name, 1.001f));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("first divergence: " + name + " (module)");
    assertThat(run.out())
        .contains(
            "look closer: ./parity replay '%s' --model-dir %s --artifacts %s"
                .formatted(name, Samples.MODEL, folder.resolve("capture")));
    assertThat(run.out()).contains("hint: " + name + " is 0.999001 times as large as it should be");
  }

  @Test
  void run_whatAModuleWasGivenScaled_namesTheModuleAroundAsGlue() throws IOException {
    String name = BLOCK + "0.attn.to_out.0:input#0";
    Parity run = run("flow", spoilt("inputs_flow.safetensors", name, 1.001f));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("first divergence: " + BLOCK + "0.attn#0 (glue)");
  }
}
