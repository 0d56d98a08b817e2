package parity.harness.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parity.harness.capture.Capture;
import parity.harness.capture.ModelHashes;
import parity.harness.capture.Settings;
import parity.harness.port.Candidate;
import parity.harness.report.Words;
import parity.harness.result.Overridden;
import parity.harness.result.StageName;
import parity.tensors.DType;
import parity.tensors.Text;

/** Collects what a person set aside, once for all that is written of a run. */
final class Overriding {
  /** So many tensors are named. */
  private static final int NAMED = 5;

  private Overriding() {}

  /** What was set aside; an option that changes nothing is not among it. */
  static List<Overridden> of(RunRequest request, Capture capture, ModelHashes model) {
    List<Overridden> all = new ArrayList<>();
    if (request.forceModel() && !model.others().isEmpty()) {
      all.add(new Overridden("--force-model", notTheCaptures(model.others())));
    }
    for (Settings.ByHand setting : capture.settingsByHand()) {
      all.add(
          new Overridden(
              setting.option(),
              "the capture does not say it, and upstream's is " + setting.otherwise()));
    }
    request
        .candidate()
        .map(Candidate::types)
        .filter(types -> !types.isEmpty())
        .ifPresent(types -> all.add(new Overridden("--names", converted(types))));
    for (StageName stage : request.skipped()) {
      all.add(new Overridden(skip(stage), stage + " is not compared"));
    }
    if (request.allowSkips() && !request.skipped().isEmpty()) {
      all.add(
          new Overridden(
              "--allow-skips",
              "the verdict takes no account of "
                  + Words.list(request.skipped().stream().map(StageName::label).toList())));
    }
    return all;
  }

  /** The variable that switches a stage off. */
  static String skip(StageName stage) {
    return "SKIP_NATIVE_" + stage.label().toUpperCase(Locale.ROOT) + "=1";
  }

  private static String notTheCaptures(List<String> files) {
    return Words.list(files) + (files.size() == 1 ? " is" : " are") + " not the capture's";
  }

  private static String converted(Map<String, DType> types) {
    List<String> named =
        types.entrySet().stream()
            .limit(NAMED)
            .map(type -> Text.quote(type.getKey()) + " from " + type.getValue())
            .toList();
    String more = types.size() > NAMED ? " and " + (types.size() - NAMED) + " more" : "";
    return "numbers are converted before they are judged: " + String.join(", ", named) + more;
  }
}
