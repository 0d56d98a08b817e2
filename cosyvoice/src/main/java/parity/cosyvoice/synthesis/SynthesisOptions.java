package parity.cosyvoice.synthesis;

import java.util.OptionalDouble;
import parity.tensors.DType;

/**
 * How a model is run.
 *
 * @param threads how many threads compute one request
 * @param llm the language model's file: {@code llm.pt}, or {@code llm.rl.pt}, which was trained
 *     further with rewards
 * @param nTimesteps Euler steps of the flow
 * @param voicedThreshold Hz above which a frame is voiced, in place of the configuration's
 * @param f0Precision {@code F64} as upstream has it, or {@code F32}
 */
public record SynthesisOptions(
    int threads, String llm, int nTimesteps, OptionalDouble voicedThreshold, DType f0Precision) {
  private static final String LLM = "llm.pt";
  private static final int TIMESTEPS = 10;

  /** As upstream runs it, on all processors. */
  public static SynthesisOptions upstream() {
    return new SynthesisOptions(
        Runtime.getRuntime().availableProcessors(),
        LLM,
        TIMESTEPS,
        OptionalDouble.empty(),
        DType.F64);
  }

  /** The same on so many threads. */
  public SynthesisOptions withThreads(int number) {
    return new SynthesisOptions(number, llm, nTimesteps, voicedThreshold, f0Precision);
  }

  /** The same with the language model in another file of the model folder. */
  public SynthesisOptions withLlm(String file) {
    return new SynthesisOptions(threads, file, nTimesteps, voicedThreshold, f0Precision);
  }
}
