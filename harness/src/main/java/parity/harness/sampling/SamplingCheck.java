package parity.harness.sampling;

import java.util.Optional;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.inputs.Sampled;
import parity.tensors.Tensor;

/**
 * The captured sampling, and how the native side samples.
 *
 * @param logp what Python sampled from, float32 [steps, speech tokens]
 * @param draw the same draws from the seed; empty where the capture's cannot be made here
 */
public record SamplingCheck(
    Sampled sampled,
    TokenSampling sampling,
    Tensor logp,
    Optional<Tensor> draw,
    Optional<Long> seed) {
  /** Of what Python drew from and drew. */
  public static SamplingCheck of(LlmPlan.Sampling kept, TokenSampling sampling, Tensor logp) {
    return new SamplingCheck(
        kept.sampled(), sampling, logp, kept.draws().draw(), kept.draws().seed());
  }
}
