package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import parity.compare.limits.Basis;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftStream;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The vocoder is called for every chunk of a streaming run, each time with all of the mel so far;
 * what it yields is the end that is new (cli/model.py:423-450). Each chunk starts from Python's
 * mel.
 *
 * @param mels of every chunk, {@code speech_feat} [1, 80, T]
 * @param sources of every chunk [1, 1, S]
 * @param audios of every chunk [1, S]
 */
record HiftChunks(
    HiftOutputs captured,
    Chunks chunks,
    List<Tensor> mels,
    List<Tensor> sources,
    List<Tensor> audios,
    int ratio)
    implements HiftRun {
  private static final String FEAT = "speech_feat";

  static HiftChunks of(HiftOutputs captured, Chunks chunks) {
    int channels = captured.context().config().hift().inChannels();
    return new HiftChunks(
        captured,
        chunks,
        chunks.all(FEAT, DType.F32, 1, channels, Captured.ANY),
        chunks.all(HiftOutputs.SOURCE, DType.F32, 1, 1, Captured.ANY),
        chunks.all(HiftOutputs.AUDIO, DType.F32, 1, Captured.ANY),
        captured.context().config().flow().tokenMelRatio());
  }

  private void expectEach(Checks checks, String name, List<Tensor> tensors) {
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      checks.expect(Chunks.name(name, chunk), tensors.get(chunk));
    }
  }

  @Override
  public void expectInputs(Checks checks) {
    expectEach(checks, FEAT, mels);
    checks.expect(HiftOutputs.MEL, captured.mel());
    checks.expect(Chunks.SPEECH_OFFSET, chunks.table(Chunks.SPEECH_OFFSET, DType.I32));
  }

  @Override
  public void expectOutputs(Checks checks) {
    expectEach(checks, HiftOutputs.SOURCE, sources);
    expectEach(checks, HiftOutputs.AUDIO, audios);
    checks.expect(HiftOutputs.SOURCE, captured.source());
    checks.expect(HiftOutputs.AUDIO, captured.audio());
  }

  @Override
  public void expectFromSource(Checks checks) {
    expectEach(checks, HiftOutputs.FROM_SOURCE, audios);
    checks.expect(HiftOutputs.FROM_SOURCE, captured.audio());
  }

  /** The vocoder gets what the flow's chunks come to, and the last of it is the utterance's mel. */
  @Override
  public void compareInputs(Checks checks, Arena arena) {
    int channels = Math.toIntExact(captured.mel().shape().dim(1));
    List<Tensor> made = chunks.all(HiftOutputs.MEL, DType.F32, 1, channels, Captured.ANY);
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      try (Arena own = Arena.ofConfined()) {
        Tensor joined =
            Joined.of(
                HiftOutputs.MEL,
                made.subList(0, chunk + 1),
                i -> chunks.tokenOffset(i) * ratio,
                own);
        checks.equal(Chunks.name(FEAT, chunk), mels.get(chunk), joined);
      }
    }
    checks.equal(HiftOutputs.MEL, captured.mel(), mels.getLast());
  }

  @Override
  public void expectUntapped(Checks checks) {
    checks.expect(Untapped.name(HiftOutputs.AUDIO), captured.audio());
  }

  /** As synthesis does: of every chunk, only what is new is computed. */
  @Override
  public void compareUntapped(Hift hift, SourceNoise noise, Checks checks, Arena arena) {
    List<Tensor> fresh = new ArrayList<>();
    try (HiftStream stream = hift.stream(noise)) {
      long spoken = 0;
      for (int i = 0; i < chunks.count(); i++) {
        int chunk = i;
        Tensor mel = Joined.from(mels.get(chunk), spoken, arena);
        spoken = mels.get(chunk).shape().dim(2);
        fresh.add(Blocked.ifRefused(() -> stream.add(mel, chunks.isFinal(chunk), arena)));
        Joined.requireEnd(
            Chunks.name(HiftOutputs.AUDIO, chunk),
            audios.get(chunk),
            fresh.getLast(),
            chunks.speechOffset(chunk));
      }
    }
    Tensor audio = Joined.of(HiftOutputs.AUDIO, fresh, chunk -> 0, arena);
    captured.compareUntapped(checks, audio);
    captured
        .context()
        .log()
        .line(
            "in chunks, nothing computed twice: SNR %s dB", Untapped.snr(captured.audio(), audio));
  }

  @Override
  public void replay(Hift hift, SourceNoise noise, TapSource reference, TapSink sink) {
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      LaterCalls later = LaterCalls.ofHift(chunk);
      try (Arena own = Arena.ofConfined()) {
        hift.replay(
            mels.get(chunk),
            noise,
            chunks.isFinal(chunk),
            later.of(reference),
            later.of(sink),
            own);
      }
    }
  }

  @Override
  public Tensor compare(Hift hift, SourceNoise noise, TapSink sink, Checks checks, Arena arena) {
    StageLog log = captured.context().log();
    TruthFile truth = TruthFile.ofChunks(captured.context());
    List<Speech> speeches = new ArrayList<>();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      Tensor mel = mels.get(chunk);
      boolean isFinal = chunks.isFinal(chunk);
      TapSink later = LaterCalls.ofHift(chunk).of(sink);
      Speech speech = Blocked.ifRefused(() -> hift.inference(mel, noise, isFinal, later, arena));
      compare(
          truth,
          HiftOutputs.SOURCE,
          chunk,
          sources,
          speech.source(),
          checks,
          captured.withoutTruth());
      compare(
          truth, HiftOutputs.AUDIO, chunk, audios, speech.audio(), checks, captured.withoutTruth());
      HiftOutputs.say(log, "from the mel of chunk " + chunk, audios.get(chunk), speech.audio());
      speeches.add(speech);
    }
    List<Tensor> made = speeches.stream().map(Speech::audio).toList();
    compareOffsets(made, checks);
    Tensor joined = Joined.of(HiftOutputs.AUDIO, made, chunks::speechOffset, arena);
    TruthFile whole = TruthFile.ofOutputs(captured.context());
    Tensor source = speeches.getLast().source();
    whole.compare(checks, HiftOutputs.SOURCE, captured.source(), source, captured.withoutTruth());
    whole.compare(checks, HiftOutputs.AUDIO, captured.audio(), joined, captured.withoutTruth());
    HiftOutputs.say(log, "from the mel, all chunks joined", captured.audio(), joined);
    return joined;
  }

  /** Before a chunk, all of the chunk before it was yielded. */
  private void compareOffsets(List<Tensor> made, Checks checks) {
    int[] offsets = new int[chunks.count()];
    for (int chunk = 1; chunk < offsets.length; chunk++) {
      offsets[chunk] = Math.toIntExact(made.get(chunk - 1).elements());
    }
    checks.equal(
        Chunks.SPEECH_OFFSET,
        chunks.table(Chunks.SPEECH_OFFSET, DType.I32),
        Tensor.ofInts(Shape.of(offsets.length), offsets));
  }

  @Override
  public void compareFromSource(Hift hift, TapSink sink, Checks checks, Arena arena) {
    StageLog log = captured.context().log();
    TruthFile truth = TruthFile.ofChunks(captured.context());
    List<Tensor> made = new ArrayList<>();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      Tensor source = sources.get(chunk);
      Tensor mel = spokenFrames(chunk, arena);
      boolean isFinal = chunks.isFinal(chunk);
      TapSink later = LaterCalls.ofHift(chunk).of(sink);
      Tensor decoded = Blocked.ifRefused(() -> hift.decode(mel, source, isFinal, later, arena));
      compare(
          truth,
          HiftOutputs.FROM_SOURCE,
          chunk,
          audios,
          decoded,
          checks,
          FixedLimits.HIFT_FROM_SOURCE);
      made.add(decoded);
    }
    Tensor joined = Joined.of(HiftOutputs.AUDIO, made, chunks::speechOffset, arena);
    TruthFile.ofOutputs(captured.context())
        .compareAndControl(
            checks,
            HiftOutputs.FROM_SOURCE,
            HiftOutputs.FROM_SOURCE,
            captured.audio(),
            joined,
            FixedLimits.HIFT_FROM_SOURCE);
    HiftOutputs.say(
        log, "from the mel and Python's source, all chunks joined", captured.audio(), joined);
  }

  /** The mel without the frames at its end that only the F0 predictor looks at. */
  private Tensor spokenFrames(int chunk, Arena arena) {
    Tensor mel = mels.get(chunk);
    int samplesPerFrame = captured.context().config().hift().samplesPerFrame();
    long frames = sources.get(chunk).elements() / samplesPerFrame;
    if (frames > mel.shape().dim(2)) {
      throw new Blocked(
          "%s is %s, longer than its mel %s; one of them was changed"
              .formatted(
                  Chunks.name(HiftOutputs.SOURCE, chunk), sources.get(chunk).shape(), mel.shape()));
    }
    return Joined.first(mel, frames, arena);
  }

  private static void compare(
      TruthFile truth,
      String name,
      int chunk,
      List<Tensor> expected,
      Tensor actual,
      Checks checks,
      Basis.Fixed withoutTruth) {
    truth.compare(checks, Chunks.name(name, chunk), expected.get(chunk), actual, withoutTruth);
  }
}
