package parity.harness.plan.inputs;

import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.limits.FixedLimits;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.Text;
import parity.tensors.random.MklUniform;
import parity.tensors.random.TorchGenerator;

/**
 * The numbers behind the drawn tokens, made anew from the capture's seed.
 *
 * @param seed where the capture says it
 * @param uniform how MKL made uniform numbers where Python ran, as far as can be told
 * @param draw float32 [sum of sizes]; empty where the capture's cannot be made here
 */
public record SeededDraws(Optional<Long> seed, MklUniform uniform, Optional<Tensor> draw) {
  /** What a capture of an x86 processor has in its metadata, whose PyTorch draws by MKL. */
  private static final String X86 = "AVX";

  /** Of a capture. */
  public static SeededDraws of(Capture capture, Sampled sampled) {
    Optional<Long> seed =
        Optional.ofNullable(capture.metadata().get("seed")).map(SeededDraws::seed);
    boolean x86 = capture.metadata().getOrDefault("cpu_capability", X86).startsWith(X86);
    return seed.map(number -> of(number, sampled, x86))
        .orElse(new SeededDraws(seed, MklUniform.EXACT, Optional.empty()));
  }

  /** As the processor where Python ran is not known, what comes nearest is taken. */
  private static SeededDraws of(long seed, Sampled sampled, boolean x86) {
    Tensor nearest = sampled.drawnFrom(new TorchGenerator(seed, MklUniform.EXACT));
    MklUniform uniform = MklUniform.EXACT;
    double ulps = ulps(sampled.draw(), nearest);
    Tensor scaled = sampled.drawnFrom(new TorchGenerator(seed, MklUniform.SCALED));
    double ofScaled = ulps(sampled.draw(), scaled);
    if (ofScaled < ulps) {
      nearest = scaled;
      uniform = MklUniform.SCALED;
      ulps = ofScaled;
    }
    boolean usable = x86 || ulps <= FixedLimits.LOGARITHM_ULPS;
    return new SeededDraws(
        Optional.of(seed), uniform, usable ? Optional.of(nearest) : Optional.empty());
  }

  private static Long seed(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "metadata seed is " + Text.quote(text) + ", which is no number; capture again", e);
    }
  }

  /** The farthest that a number is off, in units in its last place. */
  private static double ulps(Tensor captured, Tensor drawn) {
    double farthest = 0;
    for (long i = 0; i < captured.elements(); i++) {
      float number = captured.getFloat(i);
      double ulps = Math.abs((double) number - drawn.getFloat(i)) / Math.ulp(number);
      farthest = Math.max(farthest, ulps);
    }
    return Double.isNaN(farthest) ? Double.POSITIVE_INFINITY : farthest;
  }
}
