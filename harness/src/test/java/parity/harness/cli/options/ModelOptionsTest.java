package parity.harness.cli.options;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parity.harness.fixture.Samples;
import parity.tensors.BadInputException;

/** The option, the variable and the sample, in this order. */
final class ModelOptionsTest {
  private static final Map<String, String> NOWHERE = Map.of("MODEL_DIR", "/nowhere/at/all");

  @Test
  void choose_optionAndVariable_takesTheOption() {
    ModelOptions.Chosen chosen = ModelOptions.choose(Samples.MODEL, "--model-dir", NOWHERE);
    assertThat(chosen).isEqualTo(new ModelOptions.Chosen(Samples.MODEL, false));
  }

  @Test
  void choose_variableAlone_takesItAndNamesItWhenItIsWrong() {
    Map<String, String> sample = Map.of("MODEL_DIR", Samples.MODEL.toString());
    assertThat(ModelOptions.choose(null, "--model-dir", sample))
        .isEqualTo(new ModelOptions.Chosen(Samples.MODEL, false));
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> ModelOptions.choose(null, "--model-dir", NOWHERE));
    assertThat(refused)
        .hasMessageThat()
        .startsWith("$MODEL_DIR " + Path.of("/nowhere/at/all") + ": no such folder; give a");
  }

  @Test
  void choose_neither_isTheSample() {
    for (Map<String, String> none : List.of(Map.<String, String>of(), Map.of("MODEL_DIR", ""))) {
      ModelOptions.Chosen chosen = ModelOptions.choose(null, "--model-dir", none);
      assertThat(chosen.sample()).isTrue();
      assertThat(chosen.folder().endsWith(Path.of("samples", "model"))).isTrue();
    }
  }
}
