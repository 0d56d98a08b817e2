package parity.cosyvoice.synthesis;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemPromptTest {
  @Test
  void before_wordsAlone_arePutBehindTheSystems() {
    var completed = SystemPrompt.before("Eight months to Mars.");
    assertThat(completed.text())
        .isEqualTo("You are a helpful assistant.<|endofprompt|>Eight months to Mars.");
    assertThat(completed.added()).isEqualTo("You are a helpful assistant.<|endofprompt|>");
  }

  @Test
  void before_completeText_stays() {
    var completed = SystemPrompt.before("Sing.<|endofprompt|>La.");
    assertThat(completed.text()).isEqualTo("Sing.<|endofprompt|>La.");
    assertThat(completed.added()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Speak slowly., You are a helpful assistant. Speak slowly.<|endofprompt|>",
    "' Speak slowly. ', You are a helpful assistant. Speak slowly.<|endofprompt|>",
    "You are a helpful assistant. Sing., You are a helpful assistant. Sing.<|endofprompt|>",
    "Sing.<|endofprompt|>, Sing.<|endofprompt|>",
  })
  void instructing_anyInstruction_isASystemPrompt(String instruction, String expected) {
    assertThat(SystemPrompt.instructing(instruction).text()).isEqualTo(expected);
  }

  @Test
  void instructing_incomplete_saysWhatWasAdded() {
    assertThat(SystemPrompt.instructing("Sing.").added())
        .isEqualTo("You are a helpful assistant. ...<|endofprompt|>");
    assertThat(SystemPrompt.instructing("You are a helpful assistant. Sing.").added())
        .isEqualTo("...<|endofprompt|>");
    assertThat(SystemPrompt.instructing("Sing.<|endofprompt|>").added()).isEmpty();
  }

  @Test
  void after_text_isWhatIsSaid() {
    assertThat(SystemPrompt.after("You are.<|endofprompt|>Hello.")).isEqualTo("Hello.");
    assertThat(SystemPrompt.after("Hello.")).isEqualTo("Hello.");
  }
}
