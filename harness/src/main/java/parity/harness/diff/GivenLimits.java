package parity.harness.diff;

import java.util.Optional;
import java.util.OptionalDouble;
import parity.compare.limits.Tolerance;
import parity.tensors.BadInputException;
import parity.tensors.DType;

/**
 * Limits that a person gives in place of those by type.
 *
 * @param reason why; it is printed with what it lets pass
 */
public record GivenLimits(
    OptionalDouble relativeL2, OptionalDouble rtol, OptionalDouble atol, Optional<String> reason) {
  /** The limits by type, as they are. */
  public static final GivenLimits NONE =
      new GivenLimits(
          OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

  /**
   * Limits from a command line.
   *
   * @throws BadInputException if one is given without a reason, or is no limit
   */
  public GivenLimits {
    require("--relative-l2", relativeL2);
    require("--rtol", rtol);
    require("--atol", atol);
    boolean any = relativeL2.isPresent() || rtol.isPresent() || atol.isPresent();
    if (any && reason.filter(text -> !text.isBlank()).isEmpty()) {
      throw new BadInputException(
          "a limit was given without a reason; say why with --reason, it is printed with the"
              + " result");
    }
    if (!any && reason.isPresent()) {
      throw new BadInputException(
          "--reason was given, but no limit; give --relative-l2, --rtol or --atol with it");
    }
  }

  private static void require(String option, OptionalDouble limit) {
    if (limit.isPresent() && !(limit.getAsDouble() >= 0 && Double.isFinite(limit.getAsDouble()))) {
      throw new BadInputException(
          option + " " + limit.getAsDouble() + ": expected a number of 0 or more");
    }
  }

  Tolerance of(DType dtype) {
    Tolerance usual = Tolerance.of(dtype);
    return reason
        .map(why ->
            new Tolerance(
                relativeL2.orElse(usual.relativeL2()),
                rtol.orElse(usual.rtol()),
                atol.isPresent() ? atol : usual.atol(),
                0,
                "given, because " + why))
        .orElse(usual);
  }
}
