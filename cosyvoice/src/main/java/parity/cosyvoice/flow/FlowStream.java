package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * A flow at work on tokens that come chunk by chunk, as {@code CosyVoice3Model.token2wav} of
 * cli/model.py calls it.
 *
 * <p>For one thread at a time, and never while another run of its {@link Flow} is under way. It
 * must be closed before the flow is.
 */
public final class FlowStream implements AutoCloseable {
  private final Flow flow;
  private final FlowConfig config;
  private final ClosedBlocks closedBlocks;
  private final Prompt prompt;
  private final Tensor randNoise;
  private final LastChunk lastChunk;
  private int[] tokens = new int[0];
  private boolean finished;
  private boolean closed;

  /** What comes before the speech: arguments of {@code inference} that stay. */
  record Prompt(Tensor token, Tensor feat, Tensor embedding) {}

  FlowStream(
      Flow flow,
      FlowConfig config,
      ClosedBlocks closedBlocks,
      Prompt prompt,
      Tensor randNoise,
      LastChunk lastChunk) {
    this.flow = flow;
    this.config = config;
    this.closedBlocks = closedBlocks;
    this.prompt = prompt;
    this.randNoise = randNoise;
    this.lastChunk = lastChunk;
  }

  /**
   * Speaks on.
   *
   * @param token all speech tokens so far, int32 [1, n]; unless they are final, the last
   *     preLookaheadLen are context, and are spoken by the next call
   * @param isFinal whether the utterance ends with them
   * @param arena where the result lives
   * @return the new frames of the mel, [1, 80, new]
   * @throws BadInputException if the model cannot take the tokens, or they are not those of the
   *     call before and new ones behind them; the stream is as it was
   * @throws IllegalStateException after the end of the utterance or of the stream
   */
  public Tensor add(Tensor token, boolean isFinal, Arena arena) {
    return add(token, isFinal, TapSink.NONE, arena);
  }

  /**
   * As {@link #add(Tensor, boolean, Arena)}, what the modules outside the estimator return, and
   * {@link Flow#STATE} after every Euler step, going to {@code sink}.
   */
  public Tensor add(Tensor token, boolean isFinal, TapSink sink, Arena arena) {
    if (closed || finished) {
      throw new IllegalStateException(
          "the utterance has %s; open another stream".formatted(closed ? "been closed" : "ended"));
    }
    boolean cached = !isFinal || lastChunk == LastChunk.BLOCKS;
    FlowInput input =
        new FlowInput(token, prompt.token(), prompt.feat(), prompt.embedding(), cached, isFinal);
    input.check(config, randNoise);
    int[] all = token.toInts();
    requireMore(all, isFinal);
    try (Arena own = Arena.ofConfined()) {
      Tensor mel = cached ? goOn(input, sink, own) : startOver(input, sink, own);
      long length = mel.shape().dim(2);
      long spoken = Math.max(tokens.length - config.preLookaheadLen(), 0);
      long from = Math.min(spoken * config.tokenMelRatio(), length);
      tokens = all;
      finished = isFinal;
      return Tensors.narrow(mel, -1, from, length - from, arena);
    } catch (RuntimeException e) {
      // What is kept may be of this call at some Euler steps, and of the one before at others.
      close();
      throw e;
    }
  }

  /**
   * Bytes off the heap in which it keeps what is known of the frames so far; 0 once it is closed.
   * They grow by {@code 16 * depth * heads * dimHead} a frame and Euler step.
   */
  public long keptBytes() {
    return closedBlocks.bytes();
  }

  private Tensor goOn(FlowInput input, TapSink sink, Arena arena) {
    Watch watch = new Watch(Flow.PREFIX, 0, sink, TapSource.NONE);
    Tensor mel = closedBlocks.add(input, randNoise, watch, arena);
    long promptFrames = prompt.feat().shape().dim(1);
    return Tensors.narrow(mel, -1, promptFrames, mel.shape().dim(2) - promptFrames, arena);
  }

  /** What was kept is of no use, and its memory is free for the run over all frames. */
  private Tensor startOver(FlowInput input, TapSink sink, Arena arena) {
    closedBlocks.close();
    return flow.inference(input, randNoise, sink, arena);
  }

  private void requireMore(int[] all, boolean isFinal) {
    int known = tokens.length;
    if (all.length < known || (all.length == known && !isFinal)) {
      throw new BadInputException(
          ("%d tokens, but the call before had %d; give all tokens from the first on, new ones"
                  + " behind them")
              .formatted(all.length, known));
    }
    for (int i = 0; i < known; i++) {
      if (all[i] != tokens[i]) {
        throw new BadInputException(
            ("token[%d] is %d and was %d in the call before; what was spoken cannot be changed,"
                    + " open another stream")
                .formatted(i, all[i], tokens[i]));
      }
    }
  }

  /** Frees what it keeps. */
  @Override
  public void close() {
    closed = true;
    closedBlocks.close();
  }
}
