package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Known answers are PyTorch 2.3.1's. */
final class TimeScheduleTest {
  private static final float[] T = {
    0f,
    0.012311637f,
    0.04894346f,
    0.10899347f,
    0.190983f,
    0.29289323f,
    0.41221482f,
    0.5460095f,
    0.69098306f,
    0.8435655f
  };
  private static final float[] DT = {
    0.012311637f,
    0.036631823f,
    0.06005001f,
    0.08198953f,
    0.10191023f,
    0.119321585f,
    0.13379467f,
    0.14497358f,
    0.15258247f,
    0.15643448f
  };

  @Test
  void steps_tenOnTheCosine_areUpstreamsToTheBit() {
    TimeSchedule.Step[] steps = TimeSchedule.steps(10, true);

    assertThat(steps).hasLength(10);
    for (int i = 0; i < steps.length; i++) {
      assertThat(steps[i]).isEqualTo(new TimeSchedule.Step(T[i], DT[i]));
    }
  }

  @Test
  void steps_one_goesAllTheWay() {
    assertThat(TimeSchedule.steps(1, true)).asList().containsExactly(new TimeSchedule.Step(0f, 1f));
  }

  @Test
  void tSpan_thirtyEvenSteps_areLinspaceToTheBit() {
    float[] tSpan = TimeSchedule.tSpan(30, false);

    assertThat(tSpan).hasLength(31);
    assertThat(tSpan[14]).isEqualTo(0.4666667f);
    assertThat(tSpan[15]).isEqualTo(0.49999997f);
    assertThat(tSpan[17]).isEqualTo(0.56666666f);
    assertThat(tSpan[24]).isEqualTo(0.8f);
    assertThat(tSpan[30]).isEqualTo(1f);
  }

  @Property
  void steps_any_endAtOne(@ForAll @IntRange(min = 1, max = 200) int n) {
    TimeSchedule.Step last = TimeSchedule.steps(n, true)[n - 1];

    assertThat(last.t() + last.dt()).isWithin(2e-7f).of(1f);
  }
}
