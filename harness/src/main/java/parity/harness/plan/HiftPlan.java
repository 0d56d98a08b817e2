package parity.harness.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parity.compare.limits.Basis;
import parity.cosyvoice.config.HiftConfig;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Chunks;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TensorNames;
import parity.harness.limits.FixedLimits;
import parity.harness.limits.Truths;
import parity.harness.limits.Yardstick;
import parity.harness.plan.inputs.HiftCall;
import parity.harness.plan.inputs.HiftInputs;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/**
 * Mel to waveform, twice: the whole vocoder from Python's mel, and the decoder alone from Python's
 * mel and Python's own source. The source's phase sum amplifies lawful rounding a thousandfold, so
 * a small fault of the decoder shows only in the second.
 *
 * @param calls of the vocoder: one, or one a chunk
 * @param streamed whether the calls are those of a streaming run
 * @param pieces what the flow returned in each chunk of a streaming run
 */
public record HiftPlan(
    HiftInputs inputs,
    List<HiftCall> calls,
    boolean streamed,
    List<FlowPiece> pieces,
    StagePlan stage) {
  /**
   * What the flow returned in a chunk.
   *
   * @param mel [1, 80, T]
   * @param offset how many of its frames were in the chunks before
   */
  public record FlowPiece(Tensor mel, int offset) {}

  private static final TensorInfo SOURCE = new TensorInfo(DType.F32, Shape.of());

  /** The waveform when it is decoded from Python's own source. */
  public static final String FROM_SOURCE = FromSource.name(TensorNames.AUDIO_OUTPUT);

  /**
   * Plans.
   *
   * @throws parity.harness.capture.Blocked if the capture lacks a tensor, or has one of another
   *     form
   */
  public static HiftPlan of(PlanContext context) {
    Capture capture = context.capture();
    HiftConfig config = context.config().hift();
    Captured full = new Captured(capture.full().orElseThrow());
    HiftInputs inputs = HiftInputs.of(capture, full, config);
    Optional<Chunks> chunks = Chunks.of(capture);
    List<HiftCall> calls =
        chunks
            .map(each -> calls(each, config))
            .orElseGet(() ->
                List.of(new HiftCall(0, inputs.mel(), inputs.source(), inputs.audio(), true, 0)));
    int ratio = context.config().flow().tokenMelRatio();
    List<FlowPiece> pieces =
        chunks.map(each -> pieces(each, config.inChannels(), ratio)).orElse(List.of());
    StagePlan stage = new Planning(context, inputs, calls, chunks).plan();
    return new HiftPlan(inputs, calls, chunks.isPresent(), pieces, stage);
  }

  private static List<FlowPiece> pieces(Chunks chunks, int channels, int ratio) {
    List<FlowPiece> pieces = new ArrayList<>();
    for (int i = 0; i < chunks.count(); i++) {
      Tensor mel = chunks.get(TensorNames.FLOW_OUTPUT, i, DType.F32, 1, channels, Captured.ANY);
      pieces.add(new FlowPiece(mel, chunks.tokenOffset(i) * ratio));
    }
    return pieces;
  }

  private static List<HiftCall> calls(Chunks chunks, HiftConfig config) {
    List<Tensor> mels =
        chunks.all(TensorNames.SPEECH_FEAT, DType.F32, 1, config.inChannels(), Captured.ANY);
    List<Tensor> sources = chunks.all(TensorNames.HIFT_SOURCE, DType.F32, 1, 1, Captured.ANY);
    List<Tensor> audios = chunks.all(TensorNames.AUDIO_OUTPUT, DType.F32, 1, Captured.ANY);
    List<HiftCall> calls = new ArrayList<>();
    for (int i = 0; i < chunks.count(); i++) {
      calls.add(
          new HiftCall(
              i,
              mels.get(i),
              Optional.of(sources.get(i)),
              audios.get(i),
              chunks.isFinal(i),
              chunks.speechOffset(i)));
    }
    return calls;
  }

  /** What is expected, in execution order. */
  private record Planning(
      PlanContext context, HiftInputs inputs, List<HiftCall> calls, Optional<Chunks> chunks) {
    StagePlan plan() {
      Capture capture = context.capture();
      StagePlan.Builder plan = new StagePlan.Builder();
      plan.inputs(
          capture.full(),
          TensorNames.FLOW_OUTPUT,
          TensorNames.HIFT_SOURCE,
          TensorNames.NSF_RAND_INI,
          TensorNames.NSF_SINE_WAVES);
      plan.inputs(
          capture.chunks(),
          TensorNames.SPEECH_FEAT,
          TensorNames.SPEECH_OFFSET,
          TensorNames.FINALIZE,
          TensorNames.HIFT_SOURCE);
      expectInputs(plan);
      boolean tapped =
          Taps.expect(
              plan,
              context,
              Part.HIFT,
              FixedLimits.HIFT_MODULES,
              name -> Optional.of(FromSource.name(name)));
      Basis.Fixed fromMel = FixedLimits.hift(capture);
      expectOutputs(
          plan,
          TensorNames.HIFT_SOURCE,
          call -> call.source().orElseThrow(),
          Kind.NUMBERS,
          fromMel);
      expectOutputs(plan, TensorNames.AUDIO_OUTPUT, HiftCall::audio, Kind.SPEECH, fromMel);
      inputs
          .source()
          .ifPresentOrElse(
              source -> plan.expect(output(TensorNames.HIFT_SOURCE, source, fromMel)),
              () -> plan.lost(TensorNames.HIFT_SOURCE, Role.OUTPUT, SOURCE));
      plan.expect(output(TensorNames.AUDIO_OUTPUT, inputs.audio(), fromMel).as(Kind.SPEECH));
      if (inputs.source().isPresent()) {
        expectFromSource(plan);
      }
      if (tapped) {
        Yardstick by =
            Truths.ofOutputs(capture, context.limits()).of(TensorNames.AUDIO_OUTPUT, fromMel);
        plan.expect(
            Expectation.of(
                Unwatched.name(TensorNames.AUDIO_OUTPUT), Role.UNWATCHED, inputs.audio(), by));
      }
      return plan.build();
    }

    /** Without Python's source nothing can be decoded from it. */
    private void expectFromSource(StagePlan.Builder plan) {
      context.capture().taps(Part.HIFT).ifPresent(files -> expectDecoder(plan, files));
      Basis.Fixed fromSource = FixedLimits.HIFT_FROM_SOURCE;
      expectOutputs(plan, FROM_SOURCE, HiftCall::audio, Kind.DECODED, fromSource);
      plan.expect(output(FROM_SOURCE, inputs.audio(), fromSource).as(Kind.DECODED).withControl());
    }

    private void expectInputs(StagePlan.Builder plan) {
      inputs
          .noise()
          .ifPresent(noise -> {
            expectRandom(plan, TensorNames.NSF_RAND_INI, noise.randIni());
            expectRandom(plan, TensorNames.NSF_SINE_WAVES, noise.sineWaves());
          });
      inputs.waveform().ifPresent(path -> expectGiven(plan, Capture.WAVEFORM, inputs.audio()));
      chunks.ifPresent(each -> {
        calls.forEach(call ->
            expectGiven(
                plan, TensorNames.ofChunk(TensorNames.SPEECH_FEAT, call.index()), call.mel()));
        expectGiven(plan, TensorNames.FLOW_OUTPUT, inputs.mel());
        expectGiven(
            plan, TensorNames.SPEECH_OFFSET, each.table(TensorNames.SPEECH_OFFSET, DType.I32));
      });
    }

    private static void expectGiven(StagePlan.Builder plan, String name, Tensor tensor) {
      plan.expect(Expectation.of(name, Role.GIVEN, tensor, Yardstick.SAME));
    }

    private static void expectRandom(StagePlan.Builder plan, String name, Tensor tensor) {
      plan.expect(
          Expectation.of(name, Role.GIVEN, tensor, Yardstick.by(FixedLimits.RANDOM))
              .as(Kind.RANDOM));
    }

    /** An output of each chunk of a streaming run. */
    private void expectOutputs(
        StagePlan.Builder plan,
        String name,
        Function<HiftCall, Tensor> output,
        Kind kind,
        Basis.Fixed withoutTruth) {
      if (chunks.isEmpty()) {
        return;
      }
      Truths truths = Truths.ofChunks(context.capture(), context.limits());
      for (HiftCall call : calls) {
        String one = TensorNames.ofChunk(name, call.index());
        plan.expect(
            Expectation.of(one, Role.OUTPUT, output.apply(call), truths.of(one, withoutTruth))
                .as(kind));
      }
    }

    private Expectation output(String name, Tensor tensor, Basis.Fixed withoutTruth) {
      Truths truths = Truths.ofOutputs(context.capture(), context.limits());
      return Expectation.of(name, Role.OUTPUT, tensor, truths.of(name, withoutTruth));
    }

    /**
     * The decoder's modules when it decodes Python's own source, against the same taps as before.
     * Their cumulative truth has another source, so fixed limits judge them; the waveform's own
     * truth from that source says how much the decoder amplifies.
     */
    private void expectDecoder(StagePlan.Builder plan, TapFiles files) {
      Basis.Fixed limit =
          context
              .capture()
              .truthOutputs()
              .filter(truths -> truths.contains(FROM_SOURCE))
              .map(truths -> FixedLimits.decoder(truths.get(FROM_SOURCE), inputs.audio()))
              .orElse(FixedLimits.HIFT_FROM_SOURCE);
      Yardstick by = Yardstick.by(limit);
      files.taps().names().stream()
          .filter(FromSource::isOfTheDecoder)
          .sorted(
              (a, b) -> Integer.compare(files.expected().indexOf(a), files.expected().indexOf(b)))
          .forEach(name ->
              plan.expect(
                  Expectation.of(FromSource.name(name), Role.AGAIN, files.taps().get(name), by)));
    }
  }
}
