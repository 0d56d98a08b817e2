package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.model.TapSink;
import parity.cosyvoice.model.TapSource;
import parity.cosyvoice.model.Watch;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * What a streamed utterance keeps of the blocks of frames that nothing behind them changes any
 * more, and how the frames behind them are computed from it.
 *
 * <p>A block is closed as soon as all of its frames are there: each of them sees its own block and
 * those before, and no more, at every Euler step.
 */
final class ClosedBlocks implements AutoCloseable {
  private static final Watch NOBODY = new Watch("", 0, TapSink.NONE, TapSource.NONE);

  private final Parts parts;
  private final List<StepPast> steps = new ArrayList<>();
  private Tensor mel;
  private int frames;

  /** What of the flow is needed. */
  record Parts(
      FlowConfig config,
      TokenEncoder chunk,
      TokenEncoder end,
      RotaryEmbedding rotaryEmbed,
      CachedEstimator estimator,
      CausalConditionalCfm decoder) {}

  ClosedBlocks(Parts parts) {
    this.parts = parts;
    this.mel = Tensor.ofFloats(Shape.of(1, parts.config().outputSize(), 0));
    for (int step = 0; step < parts.decoder().nTimesteps(); step++) {
      steps.add(StepPast.none(parts.estimator().config(), parts.estimator().ports()));
    }
  }

  /** What it takes of memory off the heap. */
  long bytes() {
    return steps.stream().mapToLong(StepPast::bytes).sum();
  }

  /**
   * Computes all frames behind the closed blocks, and keeps those of them that are in closed blocks
   * now.
   *
   * @return the mel of all frames, [1, 80, frames of the input], the prompt's with them
   */
  Tensor add(FlowInput input, Tensor randNoise, Arena arena) {
    int end = Math.toIntExact(input.frames(parts.config()));
    int count = end - frames;
    int block = parts.config().estimator().staticChunkSize();
    int closing = input.isFinal() ? 0 : end / block * block - frames;
    try (Arena own = Arena.ofConfined()) {
      Map<String, Tensor> room =
          StepPast.room(parts.estimator().config(), parts.estimator().ports(), count, own);
      VelocityField field =
          (inputs, watch, to) -> {
            int step = watch.call();
            StepPast past = steps.get(step);
            Tensor estimate = parts.estimator().forward(inputs, past.tensors(), room, to);
            if (closing > 0) {
              steps.set(step, past.and(room, closing));
            }
            return estimate;
          };
      Tensor fresh = parts.decoder().forward(field, conditions(input, randNoise, own), NOBODY, own);
      Tensor all = FlowTensors.joined(mel, fresh, arena);
      frames += closing;
      Tensor closed = FlowTensors.frames(all, 0, frames, own);
      mel = Tensor.ofFloats(closed.shape(), closed.toFloats());
      return all;
    }
  }

  /** Those of the frames behind the closed blocks. */
  private CausalConditionalCfm.Conditions conditions(FlowInput input, Tensor randNoise, Arena own) {
    FlowConfig config = parts.config();
    int end = Math.toIntExact(input.frames(config));
    int count = end - frames;
    int ratio = config.tokenMelRatio();
    TokenEncoder encoder = input.isFinal() ? parts.end() : parts.chunk();
    Map<String, Tensor> encoded =
        encoder.forward(FlowTensors.tokens(input, own), input.embedding(), NOBODY, own);
    Tensor mu =
        FlowTensors.repeatInterleave(requireNonNull(encoded.get(TokenEncoder.TOKENS)), ratio, own);
    Map<String, Tensor> fixed = new HashMap<>(parts.rotaryEmbed().forward(frames, count, own));
    fixed.put("mask", ChunkMask.of(frames, end, config.estimator().staticChunkSize(), own));
    return new CausalConditionalCfm.Conditions(
        FlowTensors.frames(randNoise, frames, count, own),
        FlowTensors.frames(mu, frames, count, own),
        requireNonNull(encoded.get(TokenEncoder.SPEAKER)),
        FlowTensors.frames(FlowTensors.conds(input.promptFeat(), end, own), frames, count, own),
        fixed);
  }

  /** Frees all that is kept. */
  @Override
  public void close() {
    steps.forEach(StepPast::close);
    steps.clear();
  }
}
