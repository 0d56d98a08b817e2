package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.fixture.Parity;

/** Command lines that cannot be understood. */
final class WrongUsageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run --fly",
        "run --threads none",
        "run --threads 0",
        "run --stages mel",
        "run --stages flow,,hift",
        "run --n-timesteps ten",
        "run --f0-precision float16",
        "run --segment-index first",
        "run one",
        "inspect",
        "inspect a b",
        "flow --stages hift"
      })
  void run_wrongUsage_isOneLineAndExit3(String line) {
    Object[] arguments = line.isEmpty() ? new Object[0] : line.split(" ", -1);
    Parity wrong = Parity.run(arguments);
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err()).matches("parity: .+\\R");
    assertThat(wrong.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          synthesise                   | synthesise: no such verb; did you mean 'synthesize'?
          end_to_end                   | end_to_end: no such verb; did you mean 'end-to-end'?
          run --stage flow             | --stage: no such option of parity run; did you mean '--stages'?
          run --stage=flow             | --stage: no such option of parity run; did you mean '--stages'?
          flow --model x               | --model: no such option of parity flow; did you mean '--model-dir'?
          run --stages flw             | llm, flow, hift and end_to_end; did you mean 'flow'?
          mutation-score --stages hif  | llm, flow, hift and end_to_end; did you mean 'hift'?
          flow --f0-precision float46  | but was 'float46'; did you mean 'float32'?
          bench --streamed block       | did you mean 'blocks'?
          replay to_Q                  | did you mean 'flow.decoder.estimator.transformer_blocks.0.attn.to_q'?
          replay flow.input_embeding#0 | did you mean 'flow.input_embedding#0'?
          run flow hift                | flow: one argument too many
          """)
  void run_nearlyRight_namesTheRightWord(String line, String said) {
    Parity wrong = Parity.run((Object[]) line.split(" ", -1));
    assertThat(wrong.err()).contains(said);
    assertThat(wrong.err()).matches("parity: .+\\R");
    assertThat(wrong.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzz", "run --zzz", "replay zzz"})
  void run_nothingLikeIt_isNotGuessedAt(String line) {
    Parity wrong = Parity.run((Object[]) line.split(" ", -1));
    assertThat(wrong.err()).doesNotContain("did you mean");
    assertThat(wrong.exitCode()).isEqualTo(3);
  }
}
