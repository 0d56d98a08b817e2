package parity.harness.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parity.compare.limits.Limits;
import parity.tensors.BadInputException;

/** Writes the table that {@link Limits} reads. */
public final class LimitsTable {
  private LimitsTable() {}

  /**
   * The lines of a new table.
   *
   * @param before lines of the present one, whose patterns stay
   * @throws BadInputException if a kind of the present table was not measured
   */
  public static List<String> lines(Calibration calibration, List<String> before) {
    Set<String> missing = new TreeSet<>(Limits.parse("limits.txt", before).kinds());
    missing.removeAll(calibration.kinds().keySet());
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "no tensor of kind "
              + String.join(", ", missing)
              + " in these captures, so the table would lose it; add a capture that has one");
    }
    List<String> lines = new ArrayList<>(header(calibration));
    lines.add("");
    calibration.kinds().forEach((kind, noise) -> lines.add(noise.line(kind)));
    lines.add("");
    lines.add("# The first pattern that fits decides.");
    before.stream().filter(line -> line.startsWith("name ")).forEach(lines::add);
    return lines;
  }

  private static List<String> header(Calibration calibration) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# How noisy legal variants of CosyVoice3's modules are, in floors of the reference"
            + " (parity.compare.limits.Limits reads this).");
    lines.add("# Made by tools/calibrate.sh, from cumulative float64 truths of captures of");
    calibration.captures().values().stream()
        .map(CaptureFacts::made)
        .distinct()
        .forEach(made -> lines.add("#   " + made));
    lines.add("# and upstream again on what was captured, as right as it was, and otherwise:");
    calibration.variants().forEach((name, says) -> lines.add("#   %-9s %s".formatted(name, says)));
    lines.add(
        "# The captures, of models that parity capture make-model makes, and their variants:");
    calibration
        .captures()
        .forEach((name, facts) -> {
          lines.add("#   %s: %s".formatted(name, facts.spoken()));
          lines.add("#     " + facts.variants().stream().collect(Collectors.joining(" ")));
        });
    lines.add(
        "# %d runs, %d comparisons of tensors, as many of each kind as its line says."
            .formatted(
                calibration.runs(),
                calibration.kinds().values().stream().mapToInt(KindNoise::tensors).sum()));
    lines.add("# Any Java is left out: a candidate does not set its own limits.");
    return lines;
  }
}
