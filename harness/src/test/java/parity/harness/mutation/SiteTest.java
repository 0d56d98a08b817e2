package parity.harness.mutation;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SiteTest {
  @Test
  void isNamedBy_namesOfAllForms_findTheModule() {
    Site site =
        new Site(
            "flow.",
            List.of(
                "flow.a",
                "flow.a.attn#0",
                "flow.a.attn.to_out.0#0",
                "flow.a.attn.to_out.0:input#0",
                "flow.a.attn_norm.0#0",
                "flow.a.attn_norm.1#0"));
    assertThat(site.isNamedBy("flow.a.attn.to_out.0", "flow.a.attn.to_out.0#0")).isTrue();
    assertThat(site.isNamedBy("flow.a.attn.to_out.0", "flow.a.attn#0")).isFalse();
    assertThat(site.isNamedBy("flow.a.attn.to_out.0:input", "flow.a.attn#0")).isTrue();
    assertThat(site.isNamedBy("flow.a.attn_norm.1", "flow.a.attn_norm.0#3")).isTrue();
    assertThat(site.isNamedBy("flow.a.attn.inner.deeper", "flow.a.attn#0")).isTrue();
    assertThat(site.isNamedBy("", "python_flow_output")).isTrue();
    assertThat(site.isNamedBy("", "flow.a")).isFalse();
  }
}
