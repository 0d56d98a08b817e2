package parity.harness.replay;

import java.lang.foreign.Arena;
import java.util.List;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.weights.AlteredWeights;
import parity.harness.capture.Part;
import parity.harness.judge.Judge;
import parity.harness.port.Modules;

/**
 * Faults that are put into a part's weights in every run, to show that they would be seen.
 *
 * @param module whose weights are changed, as {@code state_dict} has it
 * @param weights of the module, of which the first that the checkpoint has is nudged
 */
record Controls(String module, List<String> weights) {
  /** As much of its row's rms is a weight nudged, if there is a truth that shows so little. */
  private static final double NUDGE = 1e-3;

  /** As much, where fixed limits judge. */
  private static final double WITHOUT_TRUTH = 1;

  private static final Controls LLM =
      new Controls("llm.model.model.layers.0.", List.of("self_attn.q_proj.weight"));
  private static final Controls FLOW =
      new Controls("decoder.estimator.transformer_blocks.0.", List.of("attn.to_q.weight"));
  private static final Controls HIFT =
      new Controls("conv_pre.", List.of("parametrizations.weight.original1", "weight_v", "weight"));

  /** Of a part. */
  static Controls of(Part part) {
    return switch (part) {
      case LLM -> LLM;
      case FLOW -> FLOW;
      case HIFT -> HIFT;
    };
  }

  /** Runs a part with each fault, until it is seen. */
  void judge(Modules modules, Isolated isolated, Judge judge) {
    Weights healthy = modules.weights();
    try (Arena arena = Arena.ofShared()) {
      Weights rounded =
          new AlteredWeights(
              healthy, name -> name.startsWith(module), AlteredWeights::toBfloat16, arena);
      modules.open(
          rounded,
          rerun ->
              judge.control(isolated.control("weights of " + module + "* in bfloat16", rerun)));
      double part = isolated.hasTruth() ? NUDGE : WITHOUT_TRUTH;
      weights.stream()
          .map(name -> module + name)
          .filter(healthy::contains)
          .findFirst()
          .ifPresent(name -> {
            Weights nudged =
                new AlteredWeights(
                    healthy, name::equals, tensor -> AlteredWeights.nudge(tensor, part), arena);
            String fault = "one number of %s nudged by %s of its row's rms".formatted(name, part);
            modules.open(nudged, rerun -> judge.control(isolated.control(fault, rerun)));
          });
    }
  }
}
