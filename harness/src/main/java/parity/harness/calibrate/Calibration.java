package parity.harness.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.compare.limits.Limits;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.tensors.BadInputException;

/** What legal variants of upstream say of each kind of module. */
public final class Calibration {
  private final Limits limits;
  private final SortedMap<String, KindNoise> kinds = new TreeMap<>();
  private final List<String> notMeasured = new ArrayList<>();
  private final TreeMap<String, CaptureFacts> captures = new TreeMap<>();
  private final SortedMap<String, String> variants = new TreeMap<>();

  private Calibration(Limits limits) {
    this.limits = limits;
  }

  /**
   * One variant of one capture.
   *
   * @param capture folder of the capture
   * @param variant folder that {@code parity capture variant} wrote
   */
  public record Pair(Path capture, Path variant) {}

  /**
   * Holds variants against their captures.
   *
   * @param limits whose patterns say which tensor is of which kind
   * @throws BadInputException if a folder is none, or a variant is wrong rather than noisy
   */
  public static Calibration of(Collection<Pair> pairs, Limits limits) {
    Calibration calibration = new Calibration(limits);
    pairs.stream().sorted(Comparator.comparing(Pair::toString)).forEach(calibration::add);
    return calibration;
  }

  private void add(Pair pair) {
    Optional<Path> full = Optional.of(pair.capture().resolve(Capture.FULL));
    try (Capture capture = Capture.open(Optional.empty(), full, Settings.Overrides.NONE)) {
      if (capture.truthOutputs().isEmpty()) {
        throw new BadInputException(
            pair.capture() + ": a capture without truth measures nothing; capture with truth");
      }
      Map<String, String> said =
          new LegalRun(capture, pair.variant(), limits)
              .compare(verdict -> take(verdict, name(pair.variant())));
      String variant = said.getOrDefault("variant", "");
      variants.put(variant, said.getOrDefault("variant_says", ""));
      String name = name(pair.capture());
      captures.put(name, captures.getOrDefault(name, CaptureFacts.of(capture)).with(variant));
    }
  }

  private static String name(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  private void take(Verdict verdict, String run) {
    String where = run + " " + verdict.name();
    Optional<Judgement> judgement =
        switch (verdict) {
          case Verdict.Match match -> Optional.of(match.judgement());
          case Verdict.Mismatch mismatch -> Optional.of(mismatch.judgement());
          default -> Optional.empty();
        };
    if (judgement.isPresent() && judgement.get() instanceof Judgement.Noise noise) {
      String kind =
          limits
              .kindOf(verdict.name())
              .orElseThrow(() ->
                  new BadInputException(
                      verdict.name()
                          + ": no pattern of limits.txt fits it; add one, and its kind"));
      kinds.put(kind, kinds.getOrDefault(kind, KindNoise.NONE).with(noise, where));
    } else if (verdict.status() == Status.FAIL) {
      throw new BadInputException(run + " " + verdict.line() + "; that is no legal variant");
    } else if (!verdict.status().isCompared()) {
      notMeasured.add(run + " " + verdict.line());
    }
  }

  /** Kinds with their noise, by name. */
  SortedMap<String, KindNoise> kinds() {
    return kinds;
  }

  /** What made it: captures by name. */
  SortedMap<String, CaptureFacts> captures() {
    return captures;
  }

  /** Variants, and what is different in each. */
  SortedMap<String, String> variants() {
    return variants;
  }

  /** How many variants of captures were measured. */
  int runs() {
    return captures.values().stream().mapToInt(facts -> facts.variants().size()).sum();
  }

  /** Where each worst figure was, a line each, and what could not be measured. */
  public List<String> places() {
    List<String> lines = new ArrayList<>();
    kinds.forEach((kind, noise) -> {
      lines.add(noise.line(kind));
      lines.add("  sigma   " + noise.sigma().where());
      lines.add("  group   " + noise.group().where());
      lines.add("  element " + noise.element().where());
      lines.add("  gain    " + noise.gain().where());
      if (noise.beyondAnyLimit()) {
        lines.add("  BEYOND ANY LIMIT: a run that is right would be FAIL");
      }
    });
    notMeasured.forEach(line -> lines.add("not measured: " + line));
    return lines;
  }
}
