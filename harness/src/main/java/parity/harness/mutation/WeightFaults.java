package parity.harness.mutation;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.weights.AlteredWeights;
import parity.harness.result.StageName;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** Faults of weights, by name. */
final class WeightFaults {
  /** As much of its row's rms is one number of a matrix nudged. */
  private static final double NUDGE = 1e-3;

  private static final Map<String, Consumer<Tensor>> OF_MATRICES = new LinkedHashMap<>();

  static {
    OF_MATRICES.put(
        "one weight nudged by 1e-3 of its row's rms", it -> AlteredWeights.nudge(it, NUDGE));
    OF_MATRICES.put("weights in bfloat16", AlteredWeights::toBfloat16);
    OF_MATRICES.put("two rows exchanged", WeightFaults::exchangeRows);
  }

  private WeightFaults() {}

  /**
   * All faults of one weight.
   *
   * @param initializer what a graph calls it
   */
  static Stream<Mutant> of(StageName stage, String initializer, Weights weights) {
    return found(initializer, weights).stream()
        .filter(name -> weights.get(name).dtype() == DType.F32)
        .flatMap(name ->
            faults(weights.get(name)).entrySet().stream()
                .map(fault ->
                    Mutant.ofWeights(
                        stage,
                        fault.getKey(),
                        name,
                        module(name),
                        healthy ->
                            new AlteredWeights(
                                healthy, name::equals, fault.getValue(), Arena.ofAuto()))));
  }

  /** Weights that are folded have other names in the checkpoint. */
  private static Optional<String> found(String initializer, Weights weights) {
    String name = initializer.replaceFirst(" as .*", "");
    return Stream.of(name, name.replace(".weight", ".parametrizations.weight.original1"))
        .filter(weights::contains)
        .findFirst();
  }

  private static Map<String, Consumer<Tensor>> faults(Tensor weight) {
    boolean matrix = weight.shape().rank() > 1 && weight.shape().dim(0) > 1;
    return matrix ? OF_MATRICES : Map.of("one bias one percent off", WeightFaults::shift);
  }

  private static String module(String name) {
    return name.replaceFirst("\\.(parametrizations\\.)?(weight|bias|alpha)(\\.original[01])?$", "");
  }

  private static void shift(Tensor tensor) {
    long middle = tensor.elements() / 2;
    tensor.setFloat(middle, tensor.getFloat(middle) * 1.01f);
  }

  private static void exchangeRows(Tensor tensor) {
    long row = tensor.elements() / tensor.shape().dim(0);
    for (long i = 0; i < row; i++) {
      float first = tensor.getFloat(i);
      tensor.setFloat(i, tensor.getFloat(row + i));
      tensor.setFloat(row + i, first);
    }
  }
}
