package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.harness.fixture.Parity;

class CodeScoreCommandTest {
  @Test
  void codeScore_packageThatIsNone_isRefusedWithThoseThereAre() {
    Parity run = Parity.run("code-score", "--packages", "cosyvoice.onnx");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("--packages cosyvoice.onnx: no such package; there are cosyvoice.audio, ");
  }

  /** tools/test_scripts.sh tries it with the jar. */
  @Test
  void codeScore_ofClassesThatAreInNoJar_isRefused() {
    Parity run = Parity.run("code-score", "--packages", "cosyvoice.llm", "--sites", "1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("faults are put into the jar's classes");
  }
}
