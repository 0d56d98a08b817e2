package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Captured;
import parity.harness.capture.F0Precision;
import parity.harness.capture.TensorNames;
import parity.harness.plan.MelRounding;
import parity.harness.port.PortContext;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/**
 * How far sound moves when its mel is off by rounding. F0 is computed from the mel and summed up
 * into a phase that is multiplied by 480, so a last bit can move a sentence; how much it does so is
 * a matter of luck, of which Python's own float64 run shows one draw. This shows more: the vocoder
 * speaks Python's mel, and the same with noise as large as the mel's own rounding.
 */
public final class Amplification implements MelRounding {
  private static final int DRAWS = 3;

  /** The mel's rounding where a capture has no truth: what it was in those that have one. */
  private static final double USUAL = 1e-6;

  private final Tensor steady;
  private final List<Tensor> moved;

  private Amplification(Tensor steady, List<Tensor> moved) {
    this.steady = steady;
    this.moved = moved;
  }

  /**
   * Speaks Python's mel a few times.
   *
   * @param spoken the mel of whoever is judged, if it is known and has its own limit: what it is
   *     off by is not noise, for it comes of a recording that was heard here and has a direction.
   *     So the vocoder speaks what is off by the same to the other side
   */
  public static Amplification measure(
      PortContext context, NativeSide nativeSide, Optional<Tensor> spoken, Arena arena) {
    Captured full = new Captured(context.capture().full().orElseThrow());
    var config = context.config().hift();
    var settings = context.capture().settings();
    Tensor mel = full.get(TensorNames.FLOW_OUTPUT, DType.F32, 1, config.inChannels(), Captured.ANY);
    HiftOptions options =
        HiftOptions.of(nativeSide.engine())
            .withVoicedThreshold(settings.voicedThreshold())
            .withF0Precision(settings.f0Precision() == F0Precision.FLOAT64 ? DType.F64 : DType.F32);
    int samples = Math.toIntExact(mel.shape().dim(2) * config.samplesPerFrame());
    RandomBuffers buffers = RandomBuffers.draw(context.config(), samples, arena);
    SourceNoise noise = SourceNoise.of(buffers.nsfRandIni(), buffers.nsfSineWaves());
    double rounding = rounding(context, mel);
    try (CheckpointWeights weights = ModelWeights.hift(context.modelDir(), context.config());
        Hift hift = new Hift(config, weights, options)) {
      List<Tensor> moved = new ArrayList<>();
      for (int draw = 1; draw <= DRAWS; draw++) {
        Tensor off = off(mel, rounding, draw, arena);
        moved.add(hift.inference(off, noise, true, TapSink.NONE, arena).audio());
      }
      spoken
          .filter(other -> other.shape().equals(mel.shape()))
          .map(other -> mirrored(mel, other, arena))
          .ifPresent(
              off -> moved.add(hift.inference(off, noise, true, TapSink.NONE, arena).audio()));
      Tensor steady = hift.inference(mel, noise, true, TapSink.NONE, arena).audio();
      return new Amplification(steady, moved);
    }
  }

  private static double rounding(PortContext context, Tensor mel) {
    Optional<TensorFile> truths =
        context.capture().truthOutputs().filter(file -> file.contains(TensorNames.FLOW_OUTPUT));
    return truths
        .map(file -> file.get(TensorNames.FLOW_OUTPUT).rms())
        .filter(Double::isFinite)
        .orElse(USUAL * mel.rms());
  }

  private static Tensor off(Tensor mel, double rounding, int seed, Arena arena) {
    Random random = new Random(seed);
    Tensor off = Tensor.allocate(DType.F32, mel.shape(), arena);
    for (long i = 0; i < off.elements(); i++) {
      off.setFloat(i, (float) (mel.getFloat(i) + rounding * random.nextGaussian()));
    }
    return off;
  }

  private static Tensor mirrored(Tensor mel, Tensor other, Arena arena) {
    Tensor off = Tensor.allocate(DType.F32, mel.shape(), arena);
    for (long i = 0; i < off.elements(); i++) {
      off.setFloat(i, 2 * mel.getFloat(i) - other.getFloat(i));
    }
    return off;
  }

  /** The lowest ratio of the sound to what rounding moved, in dB, from one sample to another. */
  @Override
  public double snrDb(long from, long to) {
    double lowest = Double.POSITIVE_INFINITY;
    for (Tensor other : moved) {
      double signal = 0;
      double noise = 0;
      for (long i = from; i < Math.min(to, steady.elements()); i++) {
        double difference = (double) other.getFloat(i) - steady.getFloat(i);
        signal += (double) steady.getFloat(i) * steady.getFloat(i);
        noise += difference * difference;
      }
      lowest = Math.min(lowest, 10 * Math.log10(signal / noise));
    }
    return lowest;
  }
}
