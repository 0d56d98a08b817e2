package parity.harness.plan;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

final class FromSourceTest {
  @Test
  void name_call_keepsItsNumberAtTheEnd() {
    assertThat(FromSource.name("hift.ups.0#1")).isEqualTo("hift.ups.0.from_source#1");
    assertThat(FromSource.name("python_audio_output")).isEqualTo("python_audio_output.from_source");
  }

  @Test
  void original_nameOfTheDecoder_isThere() {
    assertThat(FromSource.original("hift.ups.0.from_source#1")).hasValue("hift.ups.0#1");
    assertThat(FromSource.original("python_audio_output.from_source#3"))
        .hasValue("python_audio_output#3");
  }

  @Test
  void original_whatIsDecodedFromNoSource_isEmpty() {
    assertThat(FromSource.original("hift.ups.0")).isEmpty();
    assertThat(FromSource.original("hift.m_source.from_source")).isEmpty();
    assertThat(FromSource.original("flow.decoder.from_source")).isEmpty();
    assertThat(FromSource.original("python_hift_source.from_source")).isEmpty();
  }
}
