package parity.harness.sampling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.limits.FixedLimits;
import parity.harness.plan.inputs.Sampled;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Tensors;

/**
 * How near a step's choice was to another one, in Python's numbers, and how noisy those are.
 *
 * @param what is near to what
 * @param margin natural logarithm of the ratio of two weights
 * @param floor rms of the rounding errors in the step's log-probabilities
 */
public record TokenMargin(String what, double margin, double floor) {
  /** A choice further off than so many floors is no matter of rounding. */
  private static final double FLOORS = 2;

  private static final double UNIT = 0x1p-24;

  boolean isLawful() {
    return margin <= FLOORS * floor;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s by %.3g, which is %.3g floors of %.3g",
        what,
        margin,
        margin / floor,
        floor);
  }

  /**
   * Between what Python chose in a step and what the native side chose from numbers of its own.
   *
   * @param choices of the native side in {@code step}
   * @param token that it came to
   */
  static TokenMargin of(
      SamplingCheck check, int step, List<Choice> choices, int token, double floor) {
    Sampled sampled = check.sampled();
    int[] calls = sampled.callsOf(step);
    for (int i = 0; i < Math.min(calls.length, choices.size()); i++) {
      Tensor prob = sampled.of(calls[i], sampled.prob());
      Tensor draw = sampled.of(calls[i], sampled.draw());
      Choice choice = choices.get(i);
      if (choice.size() != prob.elements()) {
        return boundary(prob, choice.size(), check.sampling(), floor);
      }
      int index = Math.toIntExact(sampled.index().getLong(calls[i]));
      if (choice.index() != index) {
        double theirs = Math.log((double) prob.getFloat(index) / draw.getFloat(index));
        double ours =
            Math.log((double) prob.getFloat(choice.index()) / draw.getFloat(choice.index()));
        return new TokenMargin("the greatest quotient leads", theirs - ours, floor);
      }
    }
    float[] scores = check.sampling().scores(Tensors.row(check.logp(), step).toFloats(), step);
    double apart = scores[Math.toIntExact(sampled.token().getLong(step))] - scores[token];
    return new TokenMargin("two tokens' order is given", Math.abs(apart), floor);
  }

  private static TokenMargin boundary(Tensor prob, int size, TokenSampling sampling, double floor) {
    long both = Math.min(prob.elements(), size);
    double sum = IntStream.range(0, (int) both).mapToDouble(prob::getFloat).sum();
    double margin = Math.abs(Math.log(sum / sampling.sampling().topP()));
    return new TokenMargin(
        "the nucleus of %d tokens, not %d, is decided".formatted(prob.elements(), size),
        margin,
        floor);
  }

  /** Of the logits in a step, from their float64 truth where there is one. */
  public static double floor(Capture capture, Tensor logp, int step) {
    Optional<TapFiles> files = capture.taps(Part.LLM);
    Optional<String> name = files.flatMap(taps -> taps.nameOf("llm.llm_decoder", step));
    Optional<TensorFile> truth = files.flatMap(TapFiles::truth);
    double rms = rms(Tensors.row(logp, step));
    return name.filter(tap -> truth.filter(file -> file.contains(tap)).isPresent())
        .map(tap -> Math.max(rms(truth.orElseThrow().get(tap)), UNIT * rms / 2))
        .orElse(FixedLimits.LLM.relativeL2() * rms);
  }

  private static double rms(Tensor numbers) {
    double sum = 0;
    for (long i = 0; i < numbers.elements(); i++) {
      sum += numbers.getDouble(i) * numbers.getDouble(i);
    }
    return Math.sqrt(sum / numbers.elements());
  }
}
