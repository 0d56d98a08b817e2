package parity.harness.calibrate;

import java.util.Locale;
import parity.compare.limits.Limit;
import parity.compare.noise.WorstGroup;
import parity.compare.verdict.Judgement;

/**
 * How noisy legal variants of one kind of module were.
 *
 * @param tensors comparisons that this was measured in
 */
record KindNoise(Worst sigma, Worst group, Worst element, Worst gain, int tensors) {
  static final KindNoise NONE = new KindNoise(Worst.NONE, Worst.NONE, Worst.NONE, Worst.NONE, 0);

  KindNoise with(Judgement.Noise noise, String where) {
    return new KindNoise(
        sigma.or(noise.sigma(), where),
        noise
            .worstGroup()
            .map((WorstGroup worst) -> group.or(worst.ratio(), where + ", " + worst.group()))
            .orElse(group),
        element.or(noise.worstElement(), where + ", " + noise.worst()),
        gain.or(Math.abs(noise.gain().beta()), where),
        tensors + 1);
  }

  /** The line of a table of limits. */
  String line(String kind) {
    return String.format(
        Locale.ROOT,
        "kind %s sigma %.2f group %.2f element %.2f gain %.1e tensors %d",
        kind,
        sigma.value(),
        group.value(),
        element.value(),
        gain.value(),
        tensors);
  }

  /** Whether a run that is right would be FAIL all the same: T is capped. */
  boolean beyondAnyLimit() {
    return !(sigma.value() <= Limit.LOOSEST);
  }
}
