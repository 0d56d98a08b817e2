package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.tap.Watch;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * What a streamed utterance keeps of the blocks of frames that nothing behind them changes any
 * more, and how the frames behind them are computed from it.
 *
 * <p>A block is closed as soon as all of its frames are there: each of them sees its own block and
 * those before, and no more, at every Euler step.
 */
final class ClosedBlocks implements AutoCloseable {
  private final Parts parts;
  private final StepPast none;

  /** Of the first Euler steps: as many as there is room for. */
  private final List<StepPast> steps = new ArrayList<>();

  /** Of every Euler step what the solver starts from, then what it ends with: [1, 80, frames]. */
  private final List<Tensor> states = new ArrayList<>();

  private int frames;

  /**
   * What of the flow is needed.
   *
   * @param room bytes that {@code steps} may take
   */
  record Parts(
      FlowConfig config,
      TokenEncoder chunk,
      TokenEncoder end,
      RotaryEmbedding rotaryEmbed,
      CachedEstimator estimator,
      CausalConditionalCfm decoder,
      long room) {
    StepPast none() {
      return StepPast.none(estimator.config(), estimator.ports());
    }

    /** Steps of so many frames that there is room for. */
    long fitting(long frames) {
      return room / StepPast.bytes(estimator.config(), estimator.ports(), frames);
    }
  }

  ClosedBlocks(Parts parts) {
    this.parts = parts;
    this.none = parts.none();
    int nTimesteps = parts.decoder().nTimesteps();
    for (int step = 0; step < nTimesteps; step++) {
      steps.add(parts.none());
    }
    for (int state = 0; state <= nTimesteps; state++) {
      states.add(Tensor.ofFloats(Shape.of(1, parts.config().outputSize(), 0)));
    }
  }

  /** What keys, values and convolutions' inputs take of memory off the heap. */
  long bytes() {
    return steps.stream().mapToLong(StepPast::bytes).sum();
  }

  /**
   * Computes all frames behind the closed blocks, and keeps those of them that are in closed blocks
   * now.
   *
   * @return the mel of all frames, [1, 80, frames of the input], the prompt's with them
   */
  Tensor add(FlowInput input, Tensor randNoise, Watch watch, Arena arena) {
    int end = Math.toIntExact(input.frames(parts.config()));
    int block = parts.config().estimator().staticChunkSize();
    int closed = input.isFinal() ? frames : end / block * block;
    while (steps.size() > parts.fitting(closed)) {
      steps.removeLast().close();
    }
    try (Arena own = Arena.ofConfined()) {
      Map<String, Tensor> encoded = encode(input, watch, own);
      Map<String, Tensor> all = new HashMap<>();
      if (steps.size() < parts.decoder().nTimesteps()) {
        all.putAll(guided(conditions(0, input, randNoise, encoded, own), own));
      }
      Map<String, Tensor> room =
          StepPast.room(parts.estimator().config(), parts.estimator().ports(), end - frames, own);
      VelocityField field =
          (inputs, now, to) -> {
            int step = now.call();
            Tensor x = Tensors.concat(List.of(states.get(step), half(inputs)), -1, to);
            Tensor estimate =
                step < steps.size()
                    ? goOn(step, inputs, room, closed - frames, to)
                    : again(x, inputs, all, to);
            states.set(step, head(x, closed, to));
            return estimate;
          };
      Tensor fresh =
          parts
              .decoder()
              .forward(field, conditions(frames, input, randNoise, encoded, own), watch, own);
      Tensor mel = Tensors.concat(List.of(states.getLast(), fresh), -1, arena);
      states.set(states.size() - 1, head(mel, closed, own));
      frames = closed;
      return mel;
    }
  }

  /** The step for the new frames alone. */
  private Tensor goOn(
      int step, Map<String, Tensor> inputs, Map<String, Tensor> room, int closing, Arena to) {
    StepPast past = steps.get(step);
    Tensor estimate = parts.estimator().forward(inputs, past.tensors(), room, to);
    if (closing > 0) {
      steps.set(step, past.and(room, closing));
    }
    return estimate;
  }

  /** The step for all frames, and what it comes to for the new ones. */
  private Tensor again(Tensor x, Map<String, Tensor> inputs, Map<String, Tensor> all, Arena to) {
    Map<String, Tensor> whole = new HashMap<>(all);
    whole.put("t", requireNonNull(inputs.get("t")));
    whole.put("x", CausalConditionalCfm.repeated(x, to));
    Tensor estimate = parts.estimator().forward(whole, none.tensors(), Map.of(), to);
    long length = x.shape().dim(2);
    return Tensors.narrow(estimate, -1, frames, length - frames, to);
  }

  /** One row of the batch, which has x twice. */
  private static Tensor half(Map<String, Tensor> inputs) {
    Tensor x = requireNonNull(inputs.get("x"));
    return Tensors.head(x, 0, 1);
  }

  private static Tensor head(Tensor x, long count, Arena arena) {
    Tensor head = Tensors.narrow(x, -1, 0, count, arena);
    return Tensor.ofFloats(head.shape(), head.toFloats());
  }

  private Map<String, Tensor> encode(FlowInput input, Watch watch, Arena own) {
    TokenEncoder encoder = input.isFinal() ? parts.end() : parts.chunk();
    return encoder.forward(FlowTensors.tokens(input, own), input.embedding(), watch, own);
  }

  private static Map<String, Tensor> guided(CausalConditionalCfm.Conditions conditions, Arena own) {
    Map<String, Tensor> inputs = new HashMap<>(conditions.fixed());
    inputs.put("mu", CausalConditionalCfm.guided(conditions.mu(), own));
    inputs.put("spks", CausalConditionalCfm.guided(conditions.spks(), own));
    inputs.put("cond", CausalConditionalCfm.guided(conditions.cond(), own));
    return inputs;
  }

  /** Those of the frames from {@code first} on. */
  private CausalConditionalCfm.Conditions conditions(
      int first, FlowInput input, Tensor randNoise, Map<String, Tensor> encoded, Arena own) {
    FlowConfig config = parts.config();
    int end = Math.toIntExact(input.frames(config));
    int count = end - first;
    Tensor tokens = requireNonNull(encoded.get(TokenEncoder.TOKENS));
    Tensor mu = FlowTensors.repeatInterleave(tokens, config.tokenMelRatio(), own);
    Map<String, Tensor> fixed = new HashMap<>(parts.rotaryEmbed().forward(first, count, own));
    fixed.put("mask", ChunkMask.of(first, end, config.estimator().staticChunkSize(), own));
    return new CausalConditionalCfm.Conditions(
        Tensors.narrow(randNoise, -1, first, count, own),
        Tensors.narrow(mu, -1, first, count, own),
        requireNonNull(encoded.get(TokenEncoder.SPEAKER)),
        Tensors.narrow(FlowTensors.conds(input.promptFeat(), end, own), -1, first, count, own),
        fixed);
  }

  /** Frees all that is kept. */
  @Override
  public void close() {
    if (!states.isEmpty()) {
      states.clear();
      none.close();
      steps.forEach(StepPast::close);
      steps.clear();
    }
  }
}
