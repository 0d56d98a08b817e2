package parity.harness.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * How the reference was run, where that changes what is right.
 *
 * @param nTimesteps Euler steps of the flow
 * @param voicedThreshold Hz above which a frame is voiced
 * @param streaming whether the flow used the attention mask of a streaming run
 * @param mode what was asked of upstream
 * @param chunks of a streaming run that was captured chunk by chunk, how many
 * @param truth whether float64 truths belong to the capture
 */
public record Settings(
    int nTimesteps,
    double voicedThreshold,
    F0Precision f0Precision,
    boolean streaming,
    Mode mode,
    Optional<Integer> chunks,
    Truth truth) {
  /** Euler steps that anybody would take; upstream takes ten. */
  private static final int MAX_STEPS = 10_000;

  /** Chunks of a day of speech. */
  private static final int MAX_CHUNKS = 100_000;

  /** What a person said on the command line for artifacts that do not say it themselves. */
  public record Overrides(
      Optional<Integer> nTimesteps,
      Optional<Double> voicedThreshold,
      Optional<F0Precision> f0Precision,
      Optional<Boolean> streaming) {
    /** Nothing was said. */
    public static final Overrides NONE =
        new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * A setting that is a person's word alone.
   *
   * @param option as it was given
   * @param otherwise what it would have been without the option
   */
  public record ByHand(String option, String otherwise) {}

  /** What is other than in the settings of the same file without a person's word. */
  List<ByHand> otherThan(Settings without) {
    List<ByHand> others = new ArrayList<>();
    if (nTimesteps != without.nTimesteps) {
      others.add(new ByHand("--n-timesteps " + nTimesteps, "" + without.nTimesteps));
    }
    if (voicedThreshold != without.voicedThreshold) {
      others.add(new ByHand("--voiced-threshold " + voicedThreshold, "" + without.voicedThreshold));
    }
    if (f0Precision != without.f0Precision) {
      others.add(new ByHand("--f0-precision " + f0Precision, "" + without.f0Precision));
    }
    if (streaming != without.streaming) {
      others.add(new ByHand("--streaming", "not streaming"));
    }
    return others;
  }

  /**
   * The file's own metadata, else what the person said, else what upstream does.
   *
   * @throws BadInputException if metadata and person contradict each other, or either makes no
   *     sense
   */
  static Settings resolve(String file, Map<String, String> metadata, Overrides overrides) {
    int nTimesteps =
        choose(
                file,
                metadata,
                "n_timesteps",
                "--n-timesteps",
                Integer::valueOf,
                overrides.nTimesteps)
            .orElse(10);
    if (nTimesteps < 1 || nTimesteps > MAX_STEPS) {
      throw new BadInputException(
          "%s: --n-timesteps %d: the flow takes at least one step, and at most %d"
              .formatted(file, nTimesteps, MAX_STEPS));
    }
    double threshold =
        choose(
                file,
                metadata,
                "voiced_threshold",
                "--voiced-threshold",
                Double::valueOf,
                overrides.voicedThreshold)
            .orElse(10.0);
    if (!Double.isFinite(threshold)) {
      throw new BadInputException(
          file + ": --voiced-threshold " + threshold + ": expected a number of Hz");
    }
    F0Precision precision =
        choose(
                file,
                metadata,
                "f0_precision",
                "--f0-precision",
                text -> F0Precision.valueOf(text.toUpperCase(Locale.ROOT)),
                overrides.f0Precision)
            .orElse(F0Precision.FLOAT64);
    boolean streaming =
        choose(file, metadata, "streaming", "--streaming", Settings::truth, overrides.streaming)
            .orElse(false);
    return new Settings(
        nTimesteps,
        threshold,
        precision,
        streaming,
        written(file, metadata, "mode", Mode::of).orElse(Mode.ZERO_SHOT),
        written(file, metadata, "chunks", Settings::count),
        written(file, metadata, "truth", Truth::of).orElse(Truth.UNSAID));
  }

  private static Integer count(String text) {
    int count = Integer.parseInt(text);
    if (count < 1 || count > MAX_CHUNKS) {
      throw new IllegalArgumentException(text);
    }
    return count;
  }

  /** {@code True} or {@code false}, as Python or anybody else writes them. */
  private static Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static <T> Optional<T> choose(
      String file,
      Map<String, String> metadata,
      String key,
      String option,
      Function<String, T> parse,
      Optional<T> said) {
    Optional<T> written = written(file, metadata, key, parse);
    if (written.isPresent() && said.isPresent() && !written.equals(said)) {
      throw new BadInputException(
          "%s: was captured with %s %s, but %s says %s; leave the option out"
              .formatted(file, key, written.get(), option, said.get()));
    }
    return written.or(() -> said);
  }

  private static <T> Optional<T> written(
      String file, Map<String, String> metadata, String key, Function<String, T> parse) {
    try {
      return Optional.ofNullable(metadata.get(key)).map(parse);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "%s: metadata %s is %s, which is no such value; capture again"
              .formatted(file, key, Text.quote(String.valueOf(metadata.get(key)))),
          e);
    }
  }
}
