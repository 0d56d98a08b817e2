package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parity.harness.result.StageName;

/** What stands at a terminal of a stage that is not right. */
class BriefLinesTest {
  private static List<String> of(String... marked) {
    return BriefLines.of(Results.stage(StageName.FLOW, marked), "test_flow.log");
  }

  private static List<String> starting(String start, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void of_right_saysNothing() {
    assertThat(of("=flow.a", "0flow.b", "Fmel")).isEmpty();
  }

  @Test
  void of_wrongOnItsOwn_isOneShortLineWithEachFigureOnce() {
    List<String> lines = of("=flow.a", "*flow.b#0");
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .matches("\\w+ flow\\.b#0: sigma [\\d,.]+, limit 4 \\([\\d,.]+ times\\)");
  }

  @Test
  void of_manyCallsOfOneModule_isOneLine() {
    List<String> marked = new ArrayList<>();
    for (int call = 0; call < 9; call++) {
      marked.add("*flow.b#" + call);
    }
    marked.add("*flow.c#0");
    List<String> lines = of(marked.toArray(new String[0]));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).containsMatch(" flow\\.b#0: .*; 8 other calls too$");
    assertThat(lines.getLast()).containsMatch(" flow\\.c#0: .*times\\)$");
  }

  @Test
  void of_manyModules_countsWhatIsBeyondTheFirst() {
    List<String> marked = new ArrayList<>();
    for (int module = 0; module < 40; module++) {
      marked.add("!flow." + module);
    }
    List<String> lines = of(marked.toArray(new String[0]));
    assertThat(lines).hasSize(6);
    assertThat(lines.getLast()).contains(": 35 tensors more, see test_flow.log");
  }

  @Test
  void of_inheritedAndMissing_areCounted() {
    List<String> lines = of("*flow.b", "^flow.c", "^flow.d", "?flow.e", "?flow.f", "?flow.g");
    assertThat(starting("INHERITED", lines))
        .containsExactly("INHERITED: 2 tensors, first flow.c, see test_flow.log");
    assertThat(lines).hasSize(3);
    assertThat(String.join("\n", lines)).contains(": 3 tensors, first flow.e (expected F32 [1, 8");
  }

  @Test
  void of_leftOutOnPurpose_isNotCountedWithWhatIsMissing() {
    List<String> lines = of("?flow.a", "-flow.b", "-flow.c", "-flow.d");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("NOT_COMPARED flow.a: expected F32");
    assertThat(lines.getLast()).startsWith("SKIPPED: 3 tensors, first flow.b (");
  }

  @Test
  void of_anything_isShortButForNames() {
    String[] kinds = {"!", "#", "N", "@", "?", "*", "^", "-"};
    for (String kind : kinds) {
      for (String line : of(kind + "flow.x")) {
        assertWithMessage(line).that(line.length()).isAtMost(120);
      }
    }
  }
}
