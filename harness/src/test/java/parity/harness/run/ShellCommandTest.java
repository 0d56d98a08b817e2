package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.harness.names.NamesFile;
import parity.harness.plan.Declared;
import parity.harness.port.Candidate;
import parity.harness.result.StageName;

/** Commands that a person pastes. */
final class ShellCommandTest {
  private static final Path CAPTURE = Path.of("/captures/my voice");

  @TempDir Path folder;

  private static RunRequest request(
      Path full, Optional<Candidate> candidate, boolean forceModel, Settings.Overrides overrides) {
    return new RunRequest(
        Path.of("models/it's"),
        CAPTURE.resolve(Capture.FRONTEND),
        full,
        Optional.of(Path.of("me.wav")),
        Optional.empty(),
        Path.of("out"),
        Set.of(StageName.FLOW),
        Set.of(),
        false,
        candidate,
        forceModel,
        0,
        List.of(),
        Declared.ALL,
        Optional.empty(),
        overrides,
        2);
  }

  @Test
  void of_pathsWithBlanksAndQuotes_areOneWordEach() {
    RunRequest request =
        request(CAPTURE.resolve(Capture.FULL), Optional.empty(), false, Settings.Overrides.NONE);
    assertThat(ShellCommand.of(request, false, "replay", "flow.a#0"))
        .isEqualTo(
            "./parity replay 'flow.a#0' --model-dir 'models/it'\\''s' --artifacts '%s' --prompt-wav me.wav"
                .formatted(CAPTURE.toAbsolutePath()));
  }

  @Test
  void of_sample_saysNeitherModelNorCapture() {
    RunRequest request =
        request(CAPTURE.resolve(Capture.FULL), Optional.empty(), true, Settings.Overrides.NONE);
    assertThat(ShellCommand.of(request, true, "replay", "flow.a"))
        .isEqualTo("./parity replay flow.a --prompt-wav me.wav --force-model");
  }

  @Test
  void of_filesElsewhereAndSettingsByHand_keepsThem() {
    Settings.Overrides overrides =
        new Settings.Overrides(
            Optional.of(5), Optional.of(3.5), Optional.of(F0Precision.FLOAT32), Optional.of(true));
    RunRequest request =
        request(Path.of("/b/full.safetensors"), Optional.empty(), false, overrides);
    String command = ShellCommand.of(request, false, "replay", "flow.a");
    assertThat(command)
        .contains(" --full-artifacts " + Path.of("/b/full.safetensors").toAbsolutePath());
    assertThat(command).contains(" --frontend-artifacts '");
    assertThat(command)
        .endsWith(" --n-timesteps 5 --voiced-threshold 3.5 --f0-precision float32 --streaming");
  }

  @Test
  void of_candidate_keepsItsCommandItsNamesAndItsTime() throws IOException {
    Path file = Files.writeString(folder.resolve("names.yaml"), "a: b\n");
    Candidate candidate =
        new Candidate.Command(
            "port {inputs} > {outputs}/log",
            Candidate.Bounds.of(5, OptionalLong.of(70)),
            NamesFile.read(file));
    RunRequest request =
        request(
            CAPTURE.resolve(Capture.FULL), Optional.of(candidate), false, Settings.Overrides.NONE);
    assertThat(ShellCommand.of(request, true, "flow"))
        .isEqualTo(
            "./parity flow --prompt-wav me.wav --candidate 'port {inputs} > {outputs}/log'"
                + " --candidate-timeout 5 --candidate-space 70 --names "
                + file);
  }
}
