package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.source.Excitation;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * A vocoder at work on a mel that comes piece by piece: what upstream gets when it runs over all of
 * the mel again and cuts off what was spoken before, without running again.
 *
 * <p>For one thread at a time, and never while another run of its {@link Hift} is under way. It
 * must be closed before the vocoder is.
 */
public final class HiftStream implements AutoCloseable {
  private final HiftConfig config;
  private final Inputs inputs;
  private final F0Predictor f0Predictor;
  private final Excitation excitation;
  private final DecoderStream decoder;
  private final Watch watch = new Watch("", 0, TapSink.NONE, TapSource.NONE);
  private final Tail mel;
  private boolean finished;
  private boolean closed;

  HiftStream(
      HiftConfig config,
      Inputs inputs,
      F0Predictor f0Predictor,
      Excitation excitation,
      Decoder decoder) {
    this.config = config;
    this.inputs = inputs;
    this.f0Predictor = f0Predictor;
    this.excitation = excitation;
    this.decoder = new DecoderStream(config, decoder, watch);
    this.mel = new Tail(config.inChannels());
  }

  /**
   * Speaks on.
   *
   * @param newMel the frames that follow those of the calls before, F32 [1, 80, T]; T may be 0
   * @param finalize whether the speech ends with them. If not, the last 8 frames of all so far are
   *     only context, and are spoken by the next call
   * @param to where the result lives
   * @return the new samples, F32 [1, S]; none where the frames so far are only context
   * @throws parity.tensors.BadInputException if the frames are not of the shape that they must
   *     have, or the random buffers do not last for them; the stream is as it was
   * @throws IllegalStateException after the end of the speech or of the stream
   */
  public Tensor add(Tensor newMel, boolean finalize, Arena to) {
    if (closed || finished) {
      throw new IllegalStateException(
          "the speech has %s; open another stream".formatted(closed ? "been closed" : "ended"));
    }
    inputs.requireMel(newMel, -1);
    long end = mel.end() + newMel.shape().dim(2);
    inputs.requireNoise(excitation.random(), end);
    finished = finalize;
    try (Arena scratch = Arena.ofConfined()) {
      int right = Math.max(F0Predictor.lookRight(), config.convPreLookRight());
      Tensor padded = Frames.padded(newMel, newMel.shape().dim(2), finalize ? right : 0, scratch);
      mel.extend(padded, Math.min(decoder.frames(), excitation.frames() - F0Predictor.lookLeft()));
      excite(end - (finalize ? 0 : F0Predictor.lookRight()), scratch);
      int context = finalize ? 0 : F0Predictor.lookRight() + config.convPreLookRight();
      long decoded = decoder.frames();
      if (end - context <= decoded) {
        return Tensor.allocate(DType.F32, Shape.of(1, 0), to);
      }
      Tensor read = mel.slice(decoded, end - context + config.convPreLookRight(), scratch);
      return decoder.add(read, finalize, to);
    }
  }

  /** Brings the source up to as many frames. */
  private void excite(long frames, Arena scratch) {
    long known = excitation.frames();
    if (frames <= known) {
      return;
    }
    long from = Math.max(known - F0Predictor.lookLeft(), 0);
    Tensor read = mel.slice(from, frames + F0Predictor.lookRight(), scratch);
    Tensor f0 = f0Predictor.run(read, watch, scratch);
    Tensor fresh =
        Frames.slice(f0.reshape(1, 1, f0.elements()), known - from, f0.elements(), scratch);
    decoder.excite(excitation.add(fresh.reshape(1, fresh.elements()), watch, scratch));
  }

  /** Frees what it keeps. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.close();
      mel.close();
    }
  }
}
