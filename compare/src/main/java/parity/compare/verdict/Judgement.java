package parity.compare.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.compare.limits.Limit;
import parity.compare.limits.Tolerance;
import parity.compare.noise.Floor;
import parity.compare.noise.Gain;
import parity.compare.noise.WorstGroup;
import parity.compare.scan.Metrics;
import parity.compare.scan.Numbers;
import parity.compare.view.Place;

/** What a tensor was held against, what came out, and which limits were broken. */
public sealed interface Judgement {
  /** The limits that were not kept, the most telling first; empty if all were. */
  List<Breach> breaches();

  /** Figures and limits in one phrase: {@code sigma 1.02 of 4 (default, kind not calibrated)}. */
  String summary();

  /**
   * Held against the reference's own rounding error.
   *
   * @param sigma {@code rms(c - t) / F}
   * @param worstGroup empty where no axis divides the tensor into groups
   * @param worstElement largest {@code |c - t|} for the element's floor
   * @param worst where that is
   * @param gain how much of the error is the truth itself
   */
  record Noise(
      Floor floor,
      double sigma,
      Optional<WorstGroup> worstGroup,
      double worstElement,
      Place worst,
      Gain gain,
      Limit limit)
      implements Judgement {
    @Override
    public List<Breach> breaches() {
      List<Breach> breaches = new ArrayList<>();
      check(Breach.Rule.SIGMA, sigma, limit.t(), "worst " + worst, breaches);
      worstGroup.ifPresent(group ->
          check(
              Breach.Rule.WORST_GROUP,
              group.ratio(),
              limit.group(),
              group.group().toString(),
              breaches));
      check(Breach.Rule.WORST_ELEMENT, worstElement, limit.element(), worst.toString(), breaches);
      if (gain.z() > Gain.CERTAIN) {
        String certain = Numbers.show(gain.z()) + " times the noise of the mean";
        check(Breach.Rule.GAIN, Math.abs(gain.beta()), limit.gain(), certain, breaches);
      }
      return List.copyOf(breaches);
    }

    @Override
    public String summary() {
      return "sigma "
          + Numbers.show(sigma)
          + " of T "
          + Numbers.show(limit.t())
          + ", worst group "
          + Numbers.show(worstGroup.map(WorstGroup::ratio).orElse(0.0))
          + " of "
          + Numbers.show(limit.group())
          + ", worst element "
          + Numbers.show(worstElement)
          + " of "
          + Numbers.show(limit.element())
          + " ("
          + limit.source()
          + ")";
    }
  }

  /**
   * Held against fixed limits, because there is no float64 truth or the reference is float64.
   *
   * @param maxAbs infinite limit where only the relative difference counts
   */
  record Fixed(Metrics metrics, double relativeL2, double maxAbs, String source)
      implements Judgement {
    @Override
    public List<Breach> breaches() {
      List<Breach> breaches = new ArrayList<>();
      String worst = metrics.maxAt().map(place -> "worst " + place).orElse("");
      check(Breach.Rule.RELATIVE_L2, metrics.relativeL2(), relativeL2, worst, breaches);
      check(Breach.Rule.MAX_ABS, metrics.maxAbs(), maxAbs, worst, breaches);
      return List.copyOf(breaches);
    }

    @Override
    public String summary() {
      return "relative L2 "
          + Numbers.show(metrics.relativeL2())
          + " of "
          + Numbers.show(relativeL2)
          + (Double.isInfinite(maxAbs)
              ? ""
              : ", max abs " + Numbers.show(metrics.maxAbs()) + " of " + Numbers.show(maxAbs))
          + " ("
          + source
          + ")";
    }
  }

  /**
   * Held against limits on the whole and on each element, as {@link Tolerance} has them.
   *
   * @param atol the one that was used
   * @param worst largest difference in limits of its element; of {@code atol} alone where no
   *     element differs by more than that
   * @param at where that is; empty where nothing is finite
   * @param beyond how many elements are beyond their limit
   */
  record Elements(
      Metrics metrics,
      Tolerance tolerance,
      double atol,
      double worst,
      Optional<Place> at,
      long beyond)
      implements Judgement {
    @Override
    public List<Breach> breaches() {
      List<Breach> breaches = new ArrayList<>();
      String largest = metrics.maxAt().map(place -> "largest " + place).orElse("");
      String place = beyond + " beyond it" + at.map(worst -> ", worst " + worst).orElse("");
      check(
          Breach.Rule.RELATIVE_L2, metrics.relativeL2(), tolerance.relativeL2(), largest, breaches);
      check(Breach.Rule.OWN_LIMIT, worst, 1, place, breaches);
      return List.copyOf(breaches);
    }

    @Override
    public String summary() {
      return "relative L2 "
          + Numbers.show(metrics.relativeL2())
          + " of "
          + Numbers.show(tolerance.relativeL2())
          + ", worst element "
          + Numbers.show(worst)
          + " of its limit "
          + Numbers.show(atol)
          + " + "
          + Numbers.show(tolerance.rtol())
          + " |expected| ("
          + tolerance.source()
          + ")";
    }
  }

  /**
   * Held against a limit for each element.
   *
   * @param worst largest {@code |c - r|} in limits of its element
   * @param at where that is
   */
  record PerElement(double worst, Place at, String source) implements Judgement {
    @Override
    public List<Breach> breaches() {
      List<Breach> breaches = new ArrayList<>();
      check(Breach.Rule.OWN_LIMIT, worst, 1, at.toString(), breaches);
      return List.copyOf(breaches);
    }

    @Override
    public String summary() {
      return "worst element " + Numbers.show(worst) + " of its limit (" + source + ")";
    }
  }

  /**
   * Held against the reference bit by bit, and equal: integers, booleans and texts. What is not
   * equal has a verdict of its own.
   */
  record Exact(long elements) implements Judgement {
    @Override
    public List<Breach> breaches() {
      return List.of();
    }

    @Override
    public String summary() {
      return elements + " elements bit by bit";
    }
  }

  private static void check(
      Breach.Rule rule, double found, double limit, String where, List<Breach> breaches) {
    // NaN is not below any limit.
    if (!(found <= limit)) {
      breaches.add(new Breach(rule, found, limit, where));
    }
  }
}
