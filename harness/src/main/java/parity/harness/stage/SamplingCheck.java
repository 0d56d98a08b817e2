package parity.harness.stage;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.harness.capture.Capture;
import parity.harness.console.StageLog;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * Holds the captured sampling against the native side's: the numbers drawn from the seed, and what
 * each step makes of Python's own log-probabilities and draws.
 *
 * @param logp what Python sampled from, float32 [steps, speech tokens]
 * @param draw the same draws from the seed; empty where the capture's cannot be made here
 */
record SamplingCheck(
    Sampled sampled,
    TokenSampling sampling,
    Tensor logp,
    Optional<Tensor> draw,
    Optional<Long> seed) {
  private static final String DRAW = "sampling.draw";

  /** What a capture of an x86 processor has in its metadata, whose PyTorch draws by MKL. */
  private static final String X86 = "AVX";

  /** Of a capture, if it has its sampling. */
  static Optional<SamplingCheck> of(StageContext context, LlmInputs inputs, Tensor logp) {
    TokenSampling sampling = TokenSampling.of(context.config().llm(), inputs.text().elements());
    return Sampled.of(context.capture(), logp.shape().dim(0))
        .map(sampled -> of(context.capture(), sampled, sampling, logp));
  }

  private static SamplingCheck of(
      Capture capture, Sampled sampled, TokenSampling sampling, Tensor logp) {
    Optional<Long> seed =
        Optional.ofNullable(capture.metadata().get("seed")).map(SamplingCheck::seed);
    Optional<Tensor> own = seed.map(number -> sampled.drawnFrom(new TorchGenerator(number)));
    boolean x86 = capture.metadata().getOrDefault("cpu_capability", X86).startsWith(X86);
    Optional<Tensor> draw = own.filter(drawn -> x86 || isNear(sampled.draw(), drawn));
    return new SamplingCheck(sampled, sampling, logp, draw, seed);
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

  void expect(Checks checks) {
    draw.ifPresent(drawn -> checks.expect(DRAW, sampled.draw()));
    SamplingReplay.expect(checks, sampled);
  }

  void compare(StageLog log, Checks checks) {
    draw.ifPresentOrElse(
        drawn -> RandomBufferCheck.compare(log, checks, DRAW, sampled.draw(), drawn, oneUlp()),
        () ->
            checks.note(
                "sampling.draw: these are not the numbers that PyTorch draws on x86; Python's own are"
                    + " replayed"));
    SamplingReplay.of(sampling, logp, sampled).compare(checks, sampled);
  }

  /** MKL's logarithm is not always the nearest number. */
  private Basis oneUlp() {
    Shape shape = sampled.draw().shape();
    double[] limits = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = Math.ulp(sampled.draw().getFloat(i));
    }
    return new Basis.PerElement(
        Tensor.ofDoubles(shape, limits), "one unit in the last place of MKL's logarithm");
  }
}
