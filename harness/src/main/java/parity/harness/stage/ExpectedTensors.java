package parity.harness.stage;

import java.util.ArrayList;
import java.util.List;
import parity.harness.plan.StagePlan;
import parity.harness.plan.Wanted;
import parity.harness.port.WantedJson;
import parity.harness.result.StageName;

/**
 * What a capture expects of a candidate, without running anything.
 *
 * @param wanted in execution order, stage by stage
 * @param without stages that expect nothing, each with the reason
 */
public record ExpectedTensors(List<Wanted> wanted, List<String> without) {
  public ExpectedTensors {
    wanted = List.copyOf(wanted);
    without = List.copyOf(without);
  }

  /** All of a capture. */
  public static ExpectedTensors of(CapturedPlans plans) {
    List<Wanted> wanted = new ArrayList<>();
    List<String> without = new ArrayList<>();
    plans.each(
        new CapturedPlans.Taker() {
          @Override
          public void plan(StageName stage, StagePlan plan) {
            wanted.addAll(Wanted.of(stage.label(), plan));
          }

          @Override
          public void nothing(StageName stage, String why) {
            without.add(stage + ": " + why);
          }
        });
    return new ExpectedTensors(wanted, without);
  }

  /** For people: type, shape and name of each, and how many a stage expects. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String stage = "";
    for (Wanted each : wanted) {
      if (!each.stage().equals(stage)) {
        stage = each.stage();
        lines.add("# %s: %d".formatted(stage, count(stage)));
      }
      lines.add("%-4s %-18s %s".formatted(each.info().dtype(), each.info().shape(), each.name()));
    }
    without.forEach(line -> lines.add("# " + line));
    return lines;
  }

  private long count(String stage) {
    return wanted.stream().filter(each -> each.stage().equals(stage)).count();
  }

  /** For machines, as a candidate's command finds it. */
  public String json() {
    return WantedJson.text(wanted);
  }
}
