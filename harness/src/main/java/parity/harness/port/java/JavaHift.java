package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftStream;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.harness.plan.HiftPlan;
import parity.harness.plan.Unwatched;
import parity.harness.plan.inputs.HiftCall;
import parity.harness.plan.inputs.HiftInputs;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Rerun;
import parity.harness.port.Scope;
import parity.harness.report.WavFile;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/** The vocoder: mel to waveform, at once or chunk by chunk, and once more from Python's source. */
public final class JavaHift extends JavaPart {
  /** Name of the file with what the native side said. */
  private static final String WAVEFORM = "native.wav";

  private final HiftPlan plan;
  private final SourceBuffers buffers;

  /**
   * Of a capture's mel.
   *
   * @param arena owns the random buffers
   */
  public JavaHift(
      PortContext context, NativeSide nativeSide, Scope scope, HiftPlan plan, Arena arena) {
    super(context, nativeSide, scope);
    this.plan = plan;
    this.buffers = SourceBuffers.draw(context.config(), plan.inputs(), arena);
  }

  @Override
  public void run(Answers answers, Arena arena) {
    StageLog log = context.log();
    HiftInputs inputs = plan.inputs();
    log.line("=== HiFT Parity Test ===");
    var full = context.capture().full().orElseThrow();
    log.line("Loaded %d tensors. Keys: %s", full.names().size(), full.names());
    log.line(
        "mel: %s, source: %s, audio: %s",
        inputs.mel().shape(),
        inputs.source().map(source -> source.shape().toString()).orElse("not captured"),
        inputs.audio().shape());
    buffers.answer(answers);
    inputs
        .waveform()
        .ifPresent(path -> answers.tensor(Capture.WAVEFORM, WaveformFile.read(path, arena)));
    if (plan.streamed()) {
      answerMels(answers);
    }
    log.line("Loading HiFT model from %s", ModelWeights.HIFT);
    try (Hift hift = hift(weights())) {
      Tensor audio = fromMel(hift, answers, arena);
      WavFile.write(context.out().resolve(WAVEFORM), audio, context.config().hift().samplingRate());
      log.line("Saved output to: \"%s\"", WAVEFORM);
      if (inputs.source().isPresent()) {
        fromSource(hift, answers, arena);
      }
      String unwatched = Unwatched.name(TensorNames.AUDIO_OUTPUT);
      if (answers.wants(unwatched)) {
        answers.tensor(unwatched, plan.streamed() ? streamed(hift, arena) : whole(hift, arena));
      }
    }
  }

  /** The vocoder gets what the flow's chunks come to, and the last of it is the utterance's mel. */
  private void answerMels(Answers answers) {
    // Of a chunk, the flow returns all frames since the prompt; what is new stands behind those of
    // the chunks before.
    List<HiftPlan.FlowPiece> pieces = plan.pieces();
    List<Tensor> mels = pieces.stream().map(HiftPlan.FlowPiece::mel).toList();
    for (HiftCall call : plan.calls()) {
      try (Arena own = Arena.ofConfined()) {
        Tensor joined =
            Joined.of(
                TensorNames.FLOW_OUTPUT,
                mels.subList(0, call.index() + 1),
                piece -> pieces.get(piece).offset(),
                own);
        answers.tensor(TensorNames.ofChunk(TensorNames.SPEECH_FEAT, call.index()), joined);
      }
    }
    answers.tensor(TensorNames.FLOW_OUTPUT, plan.calls().getLast().mel());
  }

  /** Runs the vocoder from Python's mel; returns the waveform [1, S]. */
  private Tensor fromMel(Hift hift, Answers answers, Arena arena) {
    TapSink taps = TapAnswers.of(context.capture(), Part.HIFT, answers);
    List<Speech> speeches = new ArrayList<>();
    for (HiftCall call : plan.calls()) {
      TapSink later = LaterCalls.ofHift(call.index()).of(taps);
      Speech speech =
          Blocked.ifRefused(
              () -> hift.inference(call.mel(), buffers.used(), call.isFinal(), later, arena));
      if (plan.streamed()) {
        answers.tensor(TensorNames.ofChunk(TensorNames.HIFT_SOURCE, call.index()), speech.source());
        answers.tensor(TensorNames.ofChunk(TensorNames.AUDIO_OUTPUT, call.index()), speech.audio());
      }
      speeches.add(speech);
    }
    List<Tensor> audios = speeches.stream().map(Speech::audio).toList();
    if (plan.streamed()) {
      answers.tensor(TensorNames.SPEECH_OFFSET, offsets(audios));
    }
    Tensor audio = joined(audios, arena);
    answers.tensor(TensorNames.HIFT_SOURCE, speeches.getLast().source());
    answers.tensor(TensorNames.AUDIO_OUTPUT, audio);
    return audio;
  }

  /** Before a chunk, all of the chunk before it was yielded. */
  private static Tensor offsets(List<Tensor> audios) {
    int[] offsets = new int[audios.size()];
    for (int chunk = 1; chunk < offsets.length; chunk++) {
      offsets[chunk] = Math.toIntExact(audios.get(chunk - 1).elements());
    }
    return Tensor.ofInts(Shape.of(offsets.length), offsets);
  }

  private Tensor joined(List<Tensor> audios, Arena arena) {
    return Joined.of(
        TensorNames.AUDIO_OUTPUT, audios, call -> plan.calls().get(call).offset(), arena);
  }

  /** Runs the decoder from Python's mel and Python's own source. */
  private void fromSource(Hift hift, Answers answers, Arena arena) {
    TapSink taps = TapAnswers.fromSource(context.capture(), answers);
    List<Tensor> audios = new ArrayList<>();
    for (HiftCall call : plan.calls()) {
      Tensor source = call.source().orElseThrow();
      Tensor mel = spokenFrames(call, source, arena);
      TapSink later = LaterCalls.ofHift(call.index()).of(taps);
      Tensor decoded =
          Blocked.ifRefused(() -> hift.decode(mel, source, call.isFinal(), later, arena));
      if (plan.streamed()) {
        answers.tensor(TensorNames.ofChunk(HiftPlan.FROM_SOURCE, call.index()), decoded);
      }
      audios.add(decoded);
    }
    answers.tensor(HiftPlan.FROM_SOURCE, joined(audios, arena));
  }

  /** The mel without the frames at its end that only the F0 predictor looks at. */
  private Tensor spokenFrames(HiftCall call, Tensor source, Arena arena) {
    if (!plan.streamed()) {
      return call.mel();
    }
    long frames = source.elements() / context.config().hift().samplesPerFrame();
    if (frames > call.mel().shape().dim(2)) {
      throw new Blocked(
          "%s is %s, longer than its mel %s; one of them was changed"
              .formatted(
                  TensorNames.ofChunk(TensorNames.HIFT_SOURCE, call.index()),
                  source.shape(),
                  call.mel().shape()));
    }
    return Tensors.narrow(call.mel(), -1, 0, frames, arena);
  }

  private Tensor whole(Hift hift, Arena arena) {
    return hift.inference(plan.inputs().mel(), buffers.used(), true, TapSink.NONE, arena).audio();
  }

  /** As synthesis does: of every chunk, only what is new is computed. */
  private Tensor streamed(Hift hift, Arena arena) {
    List<Tensor> fresh = new ArrayList<>();
    try (HiftStream stream = hift.stream(buffers.used())) {
      long spoken = 0;
      for (HiftCall call : plan.calls()) {
        Tensor mel = Joined.from(call.mel(), spoken, arena);
        spoken = call.mel().shape().dim(2);
        Tensor added = Blocked.ifRefused(() -> stream.add(mel, call.isFinal(), arena));
        Joined.requireEnd(
            TensorNames.ofChunk(TensorNames.AUDIO_OUTPUT, call.index()),
            call.audio(),
            added,
            call.offset());
        fresh.add(added);
      }
    }
    return Joined.of(TensorNames.AUDIO_OUTPUT, fresh, call -> 0, arena);
  }

  @Override
  CheckpointWeights openWeights() {
    return ModelWeights.hift(context.modelDir(), context.config());
  }

  @Override
  public void open(Weights altered, Rerun.Taker taker) {
    SourceNoise noise = buffers.used();
    try (Hift hift = hift(altered)) {
      taker.take((reference, sink) -> {
        for (HiftCall call : plan.calls()) {
          LaterCalls later = LaterCalls.ofHift(call.index());
          try (Arena own = Arena.ofConfined()) {
            hift.replay(
                call.mel(), noise, call.isFinal(), later.of(reference), later.of(sink), own);
          }
        }
      });
    }
  }

  private Hift hift(Weights from) {
    return new Hift(
        context.config().hift(),
        nativeSide.alter().apply(from),
        nativeSide.hiftOptions(context.capture().settings()));
  }
}
