package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** What each verb understands; nothing is run. */
final class ParityCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --stages text,llm --candidate dumps --names n.yaml --candidate-timeout 5 --candidate-space 7",
        "text --artifacts DIR --out OUT --json --threads 2",
        "frontend --prompt-wav a.wav --source-wav b.wav",
        "llm --model-dir DIR --segment-index 1 --force-model --allow-skips",
        "flow --n-timesteps 5 --voiced-threshold 3.5 --f0-precision float32 --streaming",
        "hift --frontend-artifacts F --full-artifacts F",
        "end-to-end --json",
        "replay flow.decoder --model-dir DIR --artifacts DIR",
        "capture --mode vc --anything at all",
        "synthesize --model-dir DIR --text Hello! -o a.wav --seed 1 --speed 1.5 --stream",
        "diff a.npz b.npz --rtol 1e-3 --atol 1e-6 --relative-l2 1e-4 --reason why --worst 3",
        "inspect a.safetensors --json",
        "check-model DIR --artifacts DIR",
        "many --captures DIR --out DIR --stages llm,flow",
        "bench --inputs F --expected F --streamed BLOCKS",
        "bench-llm --inputs F --threads 1",
        "calibrate --out F a=b c=d",
        "mutation-score --sites 2 --seed 1 --jobs 2 --stages flow"
      })
  void commandLine_everyVerb_understandsItsOptions(String line) {
    String[] arguments = line.split(" ", -1);
    ParseResult parsed =
        ParityCommand.commandLine(arguments)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(arguments);
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(arguments[0]);
    assertThat(parsed.errors()).isEmpty();
  }

  @Test
  void commandLine_verbGiven_makesNoOther() {
    assertThat(ParityCommand.commandLine("diff", "a", "b").getSubcommands().keySet())
        .containsExactly("diff");
    assertThat(ParityCommand.commandLine("fly").getSubcommands().keySet())
        .containsAtLeast("run", "end-to-end", "capture", "mutation-score");
  }
}
