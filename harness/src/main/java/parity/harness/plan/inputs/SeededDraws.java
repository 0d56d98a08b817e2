package parity.harness.plan.inputs;

import java.util.Optional;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * The numbers behind the drawn tokens, made anew from the capture's seed.
 *
 * @param seed where the capture says it
 * @param draw float32 [sum of sizes]; empty where the capture's cannot be made here
 */
public record SeededDraws(Optional<Long> seed, Optional<Tensor> draw) {
  /** What a capture of an x86 processor has in its metadata, whose PyTorch draws by MKL. */
  private static final String X86 = "AVX";

  /** Of a capture. */
  public static SeededDraws of(Capture capture, Sampled sampled) {
    Optional<Long> seed =
        Optional.ofNullable(capture.metadata().get("seed")).map(SeededDraws::seed);
    Optional<Tensor> own = seed.map(number -> sampled.drawnFrom(new TorchGenerator(number)));
    boolean x86 = capture.metadata().getOrDefault("cpu_capability", X86).startsWith(X86);
    return new SeededDraws(seed, own.filter(drawn -> x86 || isNear(sampled.draw(), drawn)));
  }

  private static Long seed(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "metadata seed is '" + text + "', which is no number; capture again", e);
    }
  }

  private static boolean isNear(Tensor captured, Tensor drawn) {
    for (long i = 0; i < captured.elements(); i++) {
      float number = captured.getFloat(i);
      if (!(Math.abs(number - drawn.getFloat(i)) <= Math.ulp(number))) {
        return false;
      }
    }
    return true;
  }
}
