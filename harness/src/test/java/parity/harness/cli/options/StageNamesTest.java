package parity.harness.cli.options;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

final class StageNamesTest {
  @Test
  void of_namesInAnyLettersAndAsVerbs_areStages() {
    assertThat(StageNames.of("HIFT", " text", "end-to-end", "end_to_end"))
        .containsExactly(StageName.TEXT, StageName.HIFT, StageName.END_TO_END)
        .inOrder();
  }

  @Test
  void of_unknown_listsStages() {
    BadInputException refused = assertThrows(BadInputException.class, () -> StageNames.of("mel"));
    assertThat(refused)
        .hasMessageThat()
        .isEqualTo(
            "--stages mel: no such stage; there are text, frontend, llm, flow, hift and end_to_end");
  }
}
