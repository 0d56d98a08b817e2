package parity.harness.sampling;

import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.inputs.Sampled;
import parity.harness.plan.inputs.SeededDraws;
import parity.tensors.Tensor;

/**
 * The captured sampling, and how the native side samples.
 *
 * @param logp what Python sampled from, float32 [steps, speech tokens]
 * @param draws the same draws from the seed
 */
public record SamplingCheck(
    Sampled sampled, TokenSampling sampling, Tensor logp, SeededDraws draws) {
  /** Of what Python drew from and drew. */
  public static SamplingCheck of(LlmPlan.Sampling kept, TokenSampling sampling, Tensor logp) {
    return new SamplingCheck(kept.sampled(), sampling, logp, kept.draws());
  }
}
