package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/** {@code parity expect}. */
final class ExpectCommandTest {
  @TempDir Path folder;

  @Test
  void expect_allStages_listsTypesShapesAndNamesInExecutionOrder() {
    Parity said = Parity.run("expect");
    assertThat(said.exitCode()).isEqualTo(0);
    assertThat(said.out().lines().filter(line -> line.startsWith("#")).toList())
        .containsExactly("# text: 2", "# frontend: 7", "# llm: 63", "# flow: 159", "# hift: 51")
        .inOrder();
    assertThat(said.out()).contains("F32  [1, 192]           speaker_embedding\n");
    assertThat(said.out()).contains("F64  [1, 16, 12]        hift.f0_predictor.condnet.0\n");
    assertThat(said.out().indexOf("flow.decoder.estimator#0"))
        .isLessThan(said.out().indexOf("flow.decoder.estimator#1"));
  }

  @Test
  void expect_whatACandidateWrites_isWhatARunCompares() {
    Parity json = Parity.run("expect", "--stages", "llm", "--json");
    Parity run =
        Parity.run(
            "llm",
            "--candidate",
            candidate(),
            "--artifacts",
            Samples.CAPTURE,
            "--model-dir",
            Samples.MODEL,
            "--out",
            folder.resolve("out"));
    assertThat(run.out()).contains(json.json().size() + " PASS, 0 VACUOUS");
  }

  private Path candidate() {
    Path copy = Samples.copy(Samples.CAPTURE, folder.resolve("candidate"));
    copy.resolve("frontend_artifacts.safetensors").toFile().delete();
    return copy;
  }

  @Test
  void expect_aCaptureWithoutAFile_saysWhichStagesExpectNothing() throws Exception {
    Path capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
    Files.delete(capture.resolve("frontend_artifacts.safetensors"));
    Parity said = Parity.run("expect", "--artifacts", capture, "--model-dir", Samples.MODEL);
    assertThat(said.exitCode()).isEqualTo(0);
    assertThat(said.out()).contains("# frontend: there is no frontend_artifacts.safetensors\n");
    assertThat(said.out()).contains("# flow: 159\n");
  }

  @Test
  void expect_stageThatIsNone_isRefused() {
    Parity said = Parity.run("expect", "--stages", "flows");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.err()).contains("--stages flows: no such stage");
  }
}
