package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInputException;

final class SettingsTest {
  private static final Settings.Overrides EARLIER_HARNESS =
      new Settings.Overrides(
          Optional.of(1), Optional.of(5.0), Optional.of(F0Precision.FLOAT32), Optional.of(true));

  @Test
  void resolve_nothingSaid_isWhatUpstreamDoes() {
    assertThat(Settings.resolve("a", Map.of(), Settings.Overrides.NONE))
        .isEqualTo(
            new Settings(
                10,
                10,
                F0Precision.FLOAT64,
                false,
                Mode.ZERO_SHOT,
                Optional.empty(),
                Truth.UNSAID));
  }

  @Test
  void resolve_onlyThePersonSpoke_isWhatThePersonSaid() {
    assertThat(Settings.resolve("a", Map.of(), EARLIER_HARNESS))
        .isEqualTo(
            new Settings(
                1, 5, F0Precision.FLOAT32, true, Mode.ZERO_SHOT, Optional.empty(), Truth.UNSAID));
  }

  @ParameterizedTest
  @CsvSource({
    "zero-shot, ZERO_SHOT, true",
    "cross-lingual, CROSS_LINGUAL, true",
    "instruct2, INSTRUCT2, true",
    "vc, VC, false"
  })
  void resolve_modeWritten_isThatMode(String text, Mode mode, boolean speaksText) {
    Settings settings = Settings.resolve("a", Map.of("mode", text), Settings.Overrides.NONE);
    assertThat(settings.mode()).isEqualTo(mode);
    assertThat(settings.mode().speaksText()).isEqualTo(speaksText);
    assertThat(settings.mode().toString()).isEqualTo(text);
  }

  @Test
  void resolve_chunksAndTruthWritten_areRead() {
    Map<String, String> metadata = Map.of("chunks", "3", "truth", "none");
    Settings settings = Settings.resolve("a", metadata, Settings.Overrides.NONE);
    assertThat(settings.chunks()).hasValue(3);
    assertThat(settings.truth()).isEqualTo(Truth.NONE);
  }

  @Test
  void resolve_metadataAndPersonAgree_isFine() {
    Map<String, String> metadata =
        Map.of(
            "n_timesteps", "1",
            "voiced_threshold", "5",
            "f0_precision", "float32",
            "streaming", "True");
    assertThat(Settings.resolve("a", metadata, EARLIER_HARNESS))
        .isEqualTo(Settings.resolve("a", metadata, Settings.Overrides.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "n_timesteps, 10, --n-timesteps",
    "voiced_threshold, 10, --voiced-threshold",
    "f0_precision, float64, --f0-precision",
    "streaming, false, --streaming"
  })
  void resolve_metadataAndPersonContradict_isRefused(String key, String value, String option) {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> Settings.resolve("a.b", Map.of(key, value), EARLIER_HARNESS));
    assertThat(refused).hasMessageThat().startsWith("a.b: ");
    assertThat(refused).hasMessageThat().contains(key + " " + value);
    assertThat(refused).hasMessageThat().ignoringCase().contains(option);
  }

  @ParameterizedTest
  @CsvSource({
    "n_timesteps, ten",
    "n_timesteps, 0",
    "n_timesteps, 10.5",
    "voiced_threshold, loud",
    "voiced_threshold, NaN",
    "f0_precision, float16",
    "streaming, perhaps",
    "mode, sft",
    "mode, zero_shot",
    "chunks, 0",
    "chunks, many",
    "truth, some"
  })
  void resolve_metadataThatMakesNoSense_isRefused(String key, String value) {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> Settings.resolve("a.b", Map.of(key, value), Settings.Overrides.NONE));
    assertThat(refused).hasMessageThat().contains(value);
    assertThat(refused).hasMessageThat().doesNotContain("\n");
  }

  /** What would take all memory, or no end of time, before anything is compared. */
  @ParameterizedTest
  @CsvSource({
    "n_timesteps, 2000000000",
    "n_timesteps, 10001",
    "n_timesteps, 99999999999999999999",
    "chunks, 2000000000",
    "chunks, 0",
    "voiced_threshold, NaN"
  })
  void resolve_settingBeyondAnyUse_isRefusedWithFieldAndValue(String key, String value) {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> Settings.resolve("a", Map.of(key, value), Settings.Overrides.NONE));
    assertThat(String.valueOf(refused.getMessage()).replace('-', '_')).contains(key);
    assertThat(refused).hasMessageThat().contains(value);
  }

  @Test
  void otherThan_settingsOfThePersonAlone_areListedWithWhatTheyWouldBe() {
    Settings without = Settings.resolve("a", Map.of(), Settings.Overrides.NONE);
    assertThat(Settings.resolve("a", Map.of(), EARLIER_HARNESS).otherThan(without))
        .containsExactly(
            new Settings.ByHand("--n-timesteps 1", "10"),
            new Settings.ByHand("--voiced-threshold 5.0", "10.0"),
            new Settings.ByHand("--f0-precision float32", "float64"),
            new Settings.ByHand("--streaming", "not streaming"))
        .inOrder();
    assertThat(without.otherThan(without)).isEmpty();
  }
}
