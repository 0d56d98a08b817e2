package parity.harness.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parity.harness.diff.DiffRequest;
import parity.harness.diff.GivenLimits;

/**
 * Reads the arguments of {@code parity diff} as they mostly are, because picocli takes longer to
 * start than two files of 500 MB take to compare. Whatever is not plain (help, a mistake, an
 * abbreviation) is left to {@link DiffCommand}, which has the last word on all of it.
 */
public final class QuickDiff {
  private final List<Path> files = new ArrayList<>();
  private @Nullable Path names;
  private OptionalDouble relativeL2 = OptionalDouble.empty();
  private OptionalDouble rtol = OptionalDouble.empty();
  private OptionalDouble atol = OptionalDouble.empty();
  private @Nullable String reason;
  private int worst = DiffRequest.WORST;
  private boolean all;
  private boolean json;
  private int threads = Runtime.getRuntime().availableProcessors();

  private QuickDiff() {}

  /**
   * What is asked for, if it is {@code diff} and plain.
   *
   * @throws parity.tensors.BadInputException as {@link DiffRequest} and {@link GivenLimits}
   */
  public static Optional<DiffRequest> of(String... args) {
    if (args.length == 0 || !args[0].equals("diff")) {
      return Optional.empty();
    }
    QuickDiff quick = new QuickDiff();
    try {
      for (int i = 1; i < args.length; i++) {
        String value = i + 1 < args.length ? args[i + 1] : "";
        switch (quick.take(args[i], value)) {
          case NOTHING -> {
            return Optional.empty();
          }
          case ONE -> {}
          case TWO -> i++;
        }
      }
    } catch (NumberFormatException | InvalidPathException e) {
      return Optional.empty();
    }
    return quick.files.size() == 2 ? Optional.of(quick.request()) : Optional.empty();
  }

  /** How many arguments were understood. */
  private enum Taken {
    NOTHING,
    ONE,
    TWO
  }

  private Taken take(String argument, String value) {
    switch (argument) {
      case "--all" -> all = true;
      case "--json" -> json = true;
      default -> {
        if (argument.startsWith("-")) {
          return value.isEmpty() || value.startsWith("-")
              ? Taken.NOTHING
              : takeOption(argument, value);
        }
        files.add(Path.of(argument));
      }
    }
    return Taken.ONE;
  }

  private Taken takeOption(String option, String value) {
    switch (option) {
      case "--names" -> names = Path.of(value);
      case "--relative-l2" -> relativeL2 = OptionalDouble.of(Double.parseDouble(value));
      case "--rtol" -> rtol = OptionalDouble.of(Double.parseDouble(value));
      case "--atol" -> atol = OptionalDouble.of(Double.parseDouble(value));
      case "--reason" -> reason = value;
      case "--worst" -> worst = Integer.parseInt(value);
      case "--threads" -> threads = Integer.parseInt(value);
      default -> {
        return Taken.NOTHING;
      }
    }
    return Taken.TWO;
  }

  private DiffRequest request() {
    return new DiffRequest(
        files.getFirst(),
        files.getLast(),
        Optional.ofNullable(names),
        new GivenLimits(relativeL2, rtol, atol, Optional.ofNullable(reason)),
        all ? Integer.MAX_VALUE : worst,
        json,
        threads);
  }
}
