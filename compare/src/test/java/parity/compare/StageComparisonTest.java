package parity.compare;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import parity.compare.limits.Basis;
import parity.compare.verdict.Control;
import parity.compare.verdict.Finding;
import parity.compare.verdict.FirstDivergence;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.compare.verdict.StageReport;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

class StageComparisonTest {
  private static final Shape TWO = Shape.of(2);
  private static final TensorInfo INFO = new TensorInfo(DType.F32, TWO);
  private static final Tensor RIGHT = Tensor.ofFloats(TWO, 1, 2);
  private static final Tensor WRONG = Tensor.ofFloats(TWO, 1, 3);
  private static final Basis BASIS = new Basis.Fixed(1e-5, 1, "test");

  private static StageComparison begin(String... names) {
    SequencedMap<String, TensorInfo> expected = new LinkedHashMap<>();
    for (String name : names) {
      expected.put(name, INFO);
    }
    return StageComparison.begin(expected);
  }

  /** Compares names in order; those that start with {@code !} are wrong, with {@code ?} missing. */
  private static StageReport run(String... marked) {
    StageComparison stage =
        begin(List.of(marked).stream().map(StageComparisonTest::name).toArray(String[]::new));
    for (String name : marked) {
      if (!name.startsWith("?")) {
        stage.compare(name(name), RIGHT, name.startsWith("!") ? WRONG : RIGHT, BASIS);
      }
    }
    return stage.finish();
  }

  private static String name(String marked) {
    return marked.startsWith("!") || marked.startsWith("?") ? marked.substring(1) : marked;
  }

  @Test
  void finish_allRight_passes() {
    StageReport report = run("b", "a");
    assertThat(report.outcome(Skips.INCONCLUSIVE)).isEqualTo(Outcome.PASS);
    assertThat(report.findings().stream().map(Finding::name)).containsExactly("b", "a").inOrder();
    assertThat(report.coverage().toString())
        .isEqualTo("2 PASS, 0 VACUOUS, 0 FAIL, 0 NOT_COMPARED, 0 SKIPPED");
    assertThat(report.first()).isEmpty();
  }

  @Test
  void finish_nothingExpected_isInconclusive() {
    assertThat(run().outcome(Skips.ALLOWED)).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void finish_onlyVacuous_isInconclusive() {
    StageComparison stage = begin("zeros");
    Tensor zeros = Tensor.ofFloats(TWO, 0, 0);
    stage.compare("zeros", zeros, zeros, BASIS);
    assertThat(stage.finish().outcome(Skips.ALLOWED)).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void finish_oneMissing_isInconclusiveAndNamesIt() {
    StageReport report = run("a", "?b");
    assertThat(report.outcome(Skips.ALLOWED)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.findings().get(1).line())
        .isEqualTo("NOT_COMPARED b: expected F32 [2], found nothing of that name");
  }

  @Test
  void finish_redAndMissing_fails() {
    assertThat(run("!a", "?b").outcome(Skips.INCONCLUSIVE)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void finish_renamed_guessesBothNames() {
    StageComparison stage = begin("a", "b");
    stage.compare("a", RIGHT, RIGHT, BASIS);
    stage.unexpected("bee", INFO);
    StageReport report = stage.finish();
    assertThat(report.outcome(Skips.ALLOWED)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.findings().get(1).line()).endsWith("; perhaps it is called bee here");
    assertThat(report.findings().get(2).line()).endsWith("; perhaps it is the missing b");
  }

  @Test
  void finish_twoMissingThatFit_guessesNothing() {
    StageComparison stage = begin("a", "b", "c");
    stage.compare("a", RIGHT, RIGHT, BASIS);
    stage.unexpected("bee", INFO);
    assertThat(stage.finish().findings().get(3).telling())
        .isEqualTo(new Verdict.Unexpected("bee", INFO, Optional.empty()));
  }

  @Test
  void finish_skipped_passesOnlyIfAllowed() {
    StageComparison stage = begin("a", "b");
    stage.compare("a", RIGHT, RIGHT, BASIS);
    stage.skip("b", "asked for");
    StageReport report = stage.finish();
    assertThat(report.outcome(Skips.INCONCLUSIVE)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.outcome(Skips.ALLOWED)).isEqualTo(Outcome.PASS);
  }

  @Test
  void compare_twiceOrNotExpected_isRefused() {
    StageComparison stage = begin("a");
    stage.compare("a", RIGHT, RIGHT, BASIS);
    assertThrows(IllegalStateException.class, () -> stage.compare("a", RIGHT, RIGHT, BASIS));
    assertThrows(IllegalStateException.class, () -> stage.skip("b", "why not"));
    assertThrows(IllegalStateException.class, () -> stage.unexpected("a", INFO));
  }

  @Test
  void first_severalRed_isTheFirstInOrder() {
    StageReport report = run("m.a", "!m.b", "!m");
    assertFirst(report, "m.b", FirstDivergence.Where.MODULE);
    assertThat(report.coverage().count(Status.FAIL)).isEqualTo(2);
  }

  @Test
  void first_childrenAllRight_isGlue() {
    assertFirst(run("m.a", "m.b", "!m"), "m", FirstDivergence.Where.GLUE);
  }

  @Test
  void first_oneChildNotCompared_isModule() {
    assertFirst(run("m.a", "?m.b", "!m"), "m", FirstDivergence.Where.MODULE);
  }

  @Test
  void first_laterCall_hasItsChildrenToo() {
    assertFirst(run("m.a#0", "m#0", "m.a#1", "!m#1"), "m#1", FirstDivergence.Where.GLUE);
  }

  @Test
  void first_laterCallWhosePartsWereNotKept_isModule() {
    assertFirst(run("m.a#0", "m#0", "!m#1"), "m#1", FirstDivergence.Where.MODULE);
    assertFirst(run("m.a#0", "m#0", "m#1", "m.a#5", "!m#5"), "m#5", FirstDivergence.Where.GLUE);
  }

  @Test
  void first_neighbourWithALongerName_isNoChild() {
    assertFirst(run("attn_norm.a", "!attn"), "attn", FirstDivergence.Where.MODULE);
  }

  @Test
  void first_oneOfSeveralOutputs_hasTheModulesChildren() {
    assertFirst(run("src.lin", "src.0", "!src.1"), "src.1", FirstDivergence.Where.GLUE);
  }

  @Test
  void first_memberOfAList_hasNoSiblingsAsChildren() {
    assertFirst(run("ups.0", "!ups.1"), "ups.1", FirstDivergence.Where.MODULE);
  }

  /** As {@link #run}; alone, those whose names end with {@code *} are wrong, the others right. */
  private static StageReport runAlone(String... marked) {
    StageComparison stage =
        begin(
            List.of(marked).stream()
                .map(word -> name(word.replace("*", "")))
                .toArray(String[]::new));
    for (String word : marked) {
      String name = name(word.replace("*", ""));
      if (name.contains(":")) {
        stage.isolatedOnly(name);
      } else {
        stage.compare(name, RIGHT, word.startsWith("!") ? WRONG : RIGHT, BASIS);
      }
      stage.compareIsolated(name, RIGHT, word.endsWith("*") ? WRONG : RIGHT, BASIS);
    }
    return stage.finish();
  }

  @Test
  void first_rightAlone_hasInherited() {
    StageReport report = runAlone("m.a", "!m.b*", "!m.c", "!m");
    assertFirst(report, "m.b", FirstDivergence.Where.MODULE);
    assertThat(report.coverage().toString())
        .isEqualTo("1 PASS, 0 VACUOUS, 1 FAIL, 2 INHERITED, 0 NOT_COMPARED, 0 SKIPPED");
    assertThat(report.findings().get(2).line())
        .startsWith("INHERITED m.c: right on the reference's own inputs, wrong on what came");
    assertThat(report.isolated()).isEqualTo(4);
  }

  @Test
  void first_wrongAloneOnly_failsThoughTheWholeIsRight() {
    StageReport report = runAlone("m.a", "m.b*", "m");
    assertThat(report.outcome(Skips.INCONCLUSIVE)).isEqualTo(Outcome.FAIL);
    assertFirst(report, "m.b", FirstDivergence.Where.MODULE);
    assertThat(report.findings().get(1).line())
        .startsWith("FAIL m.b: on the reference's own inputs: ");
  }

  @Test
  void first_wrongBeforeWhatIsWrongAlone_isTheLatter() {
    assertFirst(runAlone("!m.a", "!m.b*", "!m"), "m.b", FirstDivergence.Where.MODULE);
  }

  @Test
  void first_allRightAlone_isTheFirstWrong() {
    StageReport report = runAlone("!m.a", "!m.b", "m");
    assertFirst(report, "m.a", FirstDivergence.Where.MODULE);
    assertThat(report.coverage().count(Status.INHERITED)).isEqualTo(1);
  }

  @Test
  void first_parentWrongAloneAndChildrenRight_isGlue() {
    assertFirst(runAlone("m.a", "m.b", "!m*"), "m", FirstDivergence.Where.GLUE);
  }

  @Test
  void first_partsKeptInALaterCallAlone_isThePartThatIsWrongThere() {
    assertFirst(
        runAlone("m#0", "!m#1*", "m.a#5", "!m.b#5*", "!m#5"),
        "m.b#5",
        FirstDivergence.Where.MODULE);
    assertFirst(
        runAlone("m#0", "!m#1*", "m.a#5", "m.b#5", "!m#5*"), "m#1", FirstDivergence.Where.MODULE);
  }

  @Test
  void first_laterNameThatIsLonger_isNoPart() {
    assertFirst(runAlone("a", "!m*", "!m.from_there*"), "m", FirstDivergence.Where.MODULE);
    assertFirst(
        runAlone("!m#0*", "!m#1*", "!m.from_there#0*", "!m.from_there#1*"),
        "m#0",
        FirstDivergence.Where.MODULE);
  }

  @Test
  void first_otherShapeBeforeWhatIsWrong_isWhatIsWrong() {
    StageComparison stage = begin("a", "b");
    stage.compare("a", RIGHT, Tensor.ofFloats(Shape.of(1, 2), 1, 2), BASIS);
    stage.compare("b", RIGHT, WRONG, BASIS);
    StageReport report = stage.finish();
    assertFirst(report, "b", FirstDivergence.Where.MODULE);
    assertThat(report.openBefore("b")).isEqualTo(1);
    assertThat(report.openBefore("a")).isEqualTo(0);
  }

  @Test
  void advise_whatIsNotCompared_endsWithIt() {
    StageComparison stage = begin("a", "b", "c");
    stage.advise("a", "turn it");
    stage.advise("b", "write it");
    stage.advise("c", "leave it");
    stage.compare("a", RIGHT, Tensor.ofFloats(Shape.of(1, 2), 1, 2), BASIS);
    stage.compare("c", RIGHT, RIGHT, BASIS);
    List<String> says = stage.finish().findings().stream().map(Finding::says).toList();
    assertThat(says.get(0)).endsWith("; not compared; turn it");
    assertThat(says.get(1)).endsWith(", found nothing of that name; write it");
    assertThat(says.get(2)).doesNotContain("leave it");
    assertThrows(IllegalStateException.class, () -> stage.advise("d", "x"));
  }

  @Test
  void first_inputWrong_isTheGlueOfTheModuleAround() {
    assertFirst(
        runAlone("n.m.a#1", "n.m.out.0:x#1*", "!n.m.out.0#1", "!n.m#1"),
        "n.m#1",
        FirstDivergence.Where.GLUE);
    assertFirst(runAlone("n.m:x#1*", "!n.m#1"), "n", FirstDivergence.Where.GLUE);
    assertFirst(runAlone("n.a.o:x#1*", "n.a.o#1", "n.a.0#1"), "n.a#1", FirstDivergence.Where.GLUE);
  }

  @Test
  void isolatedOnly_notGiven_isNotAskedFor() {
    StageComparison stage = begin("m:x", "m");
    stage.isolatedOnly("m:x");
    stage.compare("m", RIGHT, RIGHT, BASIS);
    StageReport report = stage.finish();
    assertThat(report.outcome(Skips.INCONCLUSIVE)).isEqualTo(Outcome.PASS);
    assertThat(report.findings()).hasSize(1);
    assertThrows(IllegalStateException.class, () -> stage.isolatedOnly("n"));
  }

  @Test
  void outcome_controlNotSeen_isMistrustedUnlessItFails() {
    for (boolean wrong : new boolean[] {false, true}) {
      StageComparison stage = begin("m");
      stage.compare("m", RIGHT, wrong ? WRONG : RIGHT, BASIS);
      stage.control(new Control("a weight nudged", true, "by m"));
      assertThat(stage.finish().outcome(Skips.INCONCLUSIVE))
          .isEqualTo(wrong ? Outcome.FAIL : Outcome.PASS);
      Control unseen = new Control("a frame repeated", false, "nothing of 3 tensors is FAIL");
      stage.control(unseen);
      StageReport report = stage.finish();
      assertThat(report.outcome(Skips.INCONCLUSIVE))
          .isEqualTo(wrong ? Outcome.FAIL : Outcome.MISTRUSTED);
      assertThat(unseen.line())
          .isEqualTo("CONTROL NOT SEEN: a frame repeated, nothing of 3 tensors is FAIL");
      assertThat(report.controls()).hasSize(2);
    }
  }

  private static void assertFirst(StageReport report, String module, FirstDivergence.Where where) {
    assertThat(report.first()).isEqualTo(Optional.of(new FirstDivergence(module, where)));
  }
}
