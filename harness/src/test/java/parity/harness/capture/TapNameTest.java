package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

class TapNameTest {
  @Test
  void of_namesOfAllForms_partsThePathFromTheCall() {
    assertThat(TapName.of("flow.a.0")).isEqualTo(new TapName("flow.a.0", ""));
    assertThat(TapName.of("flow.a.0#12")).isEqualTo(new TapName("flow.a.0", "#12"));
    assertThat(TapName.of("flow.a:x#3")).isEqualTo(new TapName("flow.a:x", "#3"));
  }
}
