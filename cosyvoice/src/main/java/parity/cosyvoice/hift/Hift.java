package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.source.Excitation;
import parity.cosyvoice.hift.source.SineGen2;
import parity.cosyvoice.hift.source.SourceModuleHnNSF;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.tensors.Tensor;

/**
 * {@code CausalHiFTGenerator} of hifigan/generator.py, ready to run: a mel spectrogram becomes a
 * waveform.
 *
 * <p>It keeps its folded weights and its sessions until it is closed. One run at a time.
 */
public final class Hift implements AutoCloseable {
  /** What a capture puts before the names of the checkpoint. */
  private static final String PREFIX = "hift.";

  private final HiftConfig config;
  private final Inputs inputs;
  private final Resources resources = new Resources();
  private final F0Predictor f0Predictor;
  private final SourceModuleHnNSF source;
  private final Decoder decoder;

  /**
   * Folds the weights and builds the graphs.
   *
   * @param weights the tensors of {@code hift.pt}, without the {@code generator.} before their
   *     names; open as long as this is
   * @throws parity.tensors.BadInputException if a tensor is missing or has not the shape that the
   *     configuration makes of it; the message names it
   */
  public Hift(HiftConfig config, Weights weights, HiftOptions options) {
    this.config = config;
    this.inputs = new Inputs(config);
    try {
      Weights folded = new FoldedWeights(weights, resources.arena());
      double threshold = options.voicedThreshold().orElse(config.nsfVoicedThreshold());
      this.source =
          new SourceModuleHnNSF(
              config, folded, new SineGen2(config, config.samplesPerFrame(), threshold));
      this.f0Predictor = new F0Predictor(config.f0Predictor(), weights, options, resources);
      this.decoder = new Decoder(config, folded, options, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /**
   * {@code inference}: F0, source and waveform of a mel.
   *
   * @param mel F32 [1, 80, T]
   * @param random the source's random buffers
   * @param finalize whether the mel's end is the end of the speech. If not, its last 8 frames are
   *     only context, and the waveform ends 8 * 480 samples earlier
   * @param sink takes the outputs of the modules; a run that anybody watches is slower, because it
   *     is not cut along the time axis
   * @param to where the result lives
   * @throws parity.tensors.BadInputException if the mel or a buffer has not the shape that it must
   *     have
   */
  public Speech inference(
      Tensor mel, SourceNoise random, boolean finalize, TapSink sink, Arena to) {
    return inference(mel, random, finalize, new Watch(PREFIX, 0, sink, TapSource.NONE), to);
  }

  /**
   * Runs as {@link #inference} does, but every module starts from what a reference has for its
   * inputs, so its output shows what the module does on its own.
   *
   * @param reference what a reference computed for the same mel
   */
  public Speech replay(
      Tensor mel,
      SourceNoise random,
      boolean finalize,
      TapSource reference,
      TapSink sink,
      Arena to) {
    return inference(mel, random, finalize, new Watch(PREFIX, 0, sink, reference), to);
  }

  private Speech inference(
      Tensor mel, SourceNoise random, boolean finalize, Watch watch, Arena to) {
    int context = finalize ? 0 : F0Predictor.lookRight();
    inputs.requireMel(mel, context + (finalize ? 0 : config.convPreLookRight()));
    long frames = mel.shape().dim(2) - context;
    inputs.requireNoise(random, frames);
    Tensor excitation = source(mel, random, finalize, watch, to);
    try (Arena scratch = Arena.ofConfined()) {
      Tensor known = Frames.padded(mel, frames, 0, scratch);
      return new Speech(decode(known, excitation, finalize, watch, to), excitation);
    }
  }

  /**
   * {@code decode}: the waveform of a mel and a given source.
   *
   * @param mel F32 [1, 80, T]; if the end is not final, without the three frames that only the F0
   *     predictor looks at
   * @param source F32 [1, 1, 480 T]
   * @return F32 [1, 480 T]; if the end is not final, the last four frames of the mel are only
   *     context and the last frame of the waveform is cut off
   * @throws parity.tensors.BadInputException if the mel or the source has not the shape that it
   *     must have
   */
  public Tensor decode(Tensor mel, Tensor source, boolean finalize, TapSink sink, Arena to) {
    inputs.requireMel(mel, finalize ? 0 : config.convPreLookRight());
    inputs.requireSource(source, mel.shape().dim(2));
    return decode(mel, source, finalize, new Watch(PREFIX, 0, sink, TapSource.NONE), to);
  }

  /**
   * A waveform of a mel that comes piece by piece.
   *
   * @param random the source's random buffers for as many samples as may come; open as long as the
   *     stream is
   * @throws parity.tensors.BadInputException if a buffer has not the shape that it must have
   */
  public HiftStream stream(SourceNoise random) {
    inputs.requireNoise(random, 0);
    return new HiftStream(
        config, inputs, f0Predictor, new Excitation(config, source, random), decoder);
  }

  private Tensor source(Tensor mel, SourceNoise random, boolean finalize, Watch watch, Arena to) {
    try (Arena scratch = Arena.ofConfined()) {
      int zeros = finalize ? F0Predictor.lookRight() : 0;
      Tensor padded = Frames.padded(mel, mel.shape().dim(2), zeros, scratch);
      Tensor f0 = f0Predictor.run(padded, watch, scratch);
      return new Excitation(config, source, random).add(f0, watch, to);
    }
  }

  private Tensor decode(Tensor mel, Tensor source, boolean finalize, Watch watch, Arena to) {
    double[] signal;
    try (Arena scratch = Arena.ofConfined()) {
      int zeros = finalize ? config.convPreLookRight() : 0;
      signal = decoder.run(Frames.padded(mel, mel.shape().dim(2), zeros, scratch), source, watch);
    }
    int length = signal.length - (finalize ? 0 : config.samplesPerFrame());
    return Waveform.of(signal, 0, length, config.audioLimit(), to);
  }

  @Override
  public void close() {
    resources.close();
  }
}
