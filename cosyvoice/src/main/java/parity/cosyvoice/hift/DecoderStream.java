package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.List;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.generator.Stage;
import parity.cosyvoice.tap.Watch;
import parity.tensors.Tensor;

/**
 * The decoder for a mel that comes piece by piece.
 *
 * <p>Behind {@code conv_pre} everything looks to the left alone, each stage no farther than its
 * {@link Stage#reach}. So every stage keeps that much of its input, and computes what is new from
 * there on. What the false left edge spoils lies within the reach, and is dropped.
 */
final class DecoderStream implements AutoCloseable {
  private final HiftConfig config;
  private final Decoder decoder;
  private final Watch watch;
  private final Tail source = new Tail(1);
  private final Tail spectrum;
  private final List<Tail> inputs;
  private final Tail output;
  private long samples;

  DecoderStream(HiftConfig config, Decoder decoder, Watch watch) {
    this.config = config;
    this.decoder = decoder;
    this.watch = watch;
    this.spectrum = new Tail(config.nFft() + 2L);
    this.inputs =
        decoder.stages().stream().map(runner -> new Tail(runner.stage().channelsIn())).toList();
    this.output = new Tail(config.nFft() + 2L);
  }

  /** Mel frames whose decoding has begun. */
  long frames() {
    return inputs.getFirst().end();
  }

  /**
   * Takes the source of more frames, which may be ahead of the mel.
   *
   * @param added F32 [1, 1, samples]
   */
  void excite(Tensor added) {
    long spoilt = spectrum.end() - decoder.stft().overlap();
    source.extend(added, Math.max(spoilt, 0) * decoder.stft().hop());
  }

  /**
   * Decodes the frames that follow.
   *
   * @param mel F32 [1, 80, T + conv_pre_look_right], as {@link Decoder#run} takes it
   * @param finalize whether they end the speech; if not, the last of them is held back
   * @return the new samples, F32 [1, S]
   */
  Tensor add(Tensor mel, boolean finalize, Arena to) {
    try (Arena arena = Arena.ofShared()) {
      Tensor x = decoder.convPre(mel, watch, arena);
      long frames = frames() + x.shape().dim(2);
      transform(frames, arena);
      for (int i = 0; i < inputs.size(); i++) {
        x = run(decoder.stages().get(i), inputs.get(i), x, arena);
      }
      int hop = decoder.stft().hop();
      long spoilt = samples / hop - decoder.stft().overlap();
      // The last frame kept is a surplus one of the call before; x begins with the same frame.
      double[] signal =
          decoder.stft().inverse(output.replace(Math.max(output.end() - 1, 0), x, spoilt));
      long end = (frames - (finalize ? 0 : 1)) * config.samplesPerFrame();
      int from = Math.toIntExact(samples - output.from() * hop);
      int count = Math.toIntExact(end - samples);
      samples = end;
      return Waveform.of(signal, from, count, config.audioLimit(), to);
    }
  }

  /** Brings the source's spectrum up to as many frames of the mel. */
  private void transform(long frames, Arena arena) {
    Tensor known = source.slice(source.from(), source.end(), arena);
    Tensor transformed = decoder.stft().transform(known, arena);
    long first = source.from() / decoder.stft().hop();
    long end = frames * decoder.framesPerMel() + 1;
    Tensor added = Frames.slice(transformed, spectrum.end() - first, end - first, arena);
    spectrum.extend(added, firstRead());
  }

  /** The first frame of the spectrum that a stage reads to compute what is new. */
  private long firstRead() {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < inputs.size(); i++) {
      Stage stage = decoder.stages().get(i).stage();
      long from = Math.max(inputs.get(i).end() - stage.reach(), 0);
      first = Math.min(first, from * stage.rate() * stage.sourceRate());
    }
    return first;
  }

  private Tensor run(StageRunner runner, Tail input, Tensor added, Arena arena) {
    Stage stage = runner.stage();
    long start = input.end();
    Tensor x = input.extend(added, start - stage.reach());
    long step = (long) stage.rate() * stage.sourceRate();
    Tensor read = spectrum.slice(input.from() * step, input.end() * step + 1, arena);
    Tensor result = runner.run(x, read, watch, decoder.workers(), arena);
    long skipped = (start - input.from()) * stage.rate();
    return Frames.slice(result, skipped, result.shape().dim(2), arena);
  }

  @Override
  public void close() {
    source.close();
    spectrum.close();
    inputs.forEach(Tail::close);
    output.close();
  }
}
