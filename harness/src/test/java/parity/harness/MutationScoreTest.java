package parity.harness;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parity.harness.mutation.MutationScore;
import parity.harness.mutation.Tally;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;

class MutationScoreTest {
  private static Tally score(Set<StageName> stages, int sites) {
    StringWriter said = new StringWriter();
    return MutationScore.of(request(Samples.CAPTURE, stages, sites), new PrintWriter(said));
  }

  private static MutationScore.Request request(Path capture, Set<StageName> stages, int sites) {
    return new MutationScore.Request(
        Samples.MODEL,
        capture,
        Samples.MODEL.resolveSibling("prompt.wav"),
        stages,
        Optional.of(sites),
        1,
        2);
  }

  /** Takes half a minute: one fault of each kind in each stage. */
  @Test
  void of_oneFaultOfEachKind_takesHalfAMinute_allAreSeenAndNamed() {
    Tally tally =
        score(Set.of(StageName.FRONTEND, StageName.LLM, StageName.FLOW, StageName.HIFT), 1);
    assertThat(tally.kinds().size()).isAtLeast(25);
    assertThat(tally.undetected()).isEmpty();
    Tally.Counts all = tally.all();
    assertThat(all.injected()).isAtLeast(60);
    assertThat(all.detected()).isEqualTo(all.injected());
    assertWithMessage(String.join("\n", tally.mislocated()))
        .that(all.located())
        .isAtLeast((int) Math.ceil(0.95 * all.injected()));
  }

  @Test
  void of_captureThatDoesNotPass_isRefused() {
    Path other = Samples.CAPTURE;
    MutationScore.Request request =
        new MutationScore.Request(
            Samples.MODEL,
            other,
            other.resolve("debug_artifacts.wav"),
            Set.of(StageName.FRONTEND),
            Optional.of(1),
            1,
            1);
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> MutationScore.of(request, new PrintWriter(new StringWriter())));
    assertThat(refused).hasMessageThat().contains("does not pass without a fault");
  }
}
