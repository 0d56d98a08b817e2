package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.tensors.Tensor;

/** The vocoder is called once. */
record HiftWhole(HiftOutputs captured) implements HiftRun {
  @Override
  public void expectInputs(Checks checks) {}

  @Override
  public void expectOutputs(Checks checks) {
    checks.expect(HiftOutputs.SOURCE, captured.source());
    checks.expect(HiftOutputs.AUDIO, captured.audio());
  }

  @Override
  public void expectFromSource(Checks checks) {
    checks.expect(HiftOutputs.FROM_SOURCE, captured.audio());
  }

  @Override
  public void compareInputs(Checks checks, Arena arena) {}

  @Override
  public void expectUntapped(Checks checks) {
    checks.expect(Untapped.name(HiftOutputs.AUDIO), captured.audio());
  }

  @Override
  public void compareUntapped(Hift hift, SourceNoise noise, Checks checks, Arena arena) {
    Speech speech = hift.inference(captured.mel(), noise, true, TapSink.NONE, arena);
    captured.compareUntapped(checks, speech.audio());
  }

  @Override
  public void replay(Hift hift, SourceNoise noise, TapSource reference, TapSink sink) {
    try (Arena own = Arena.ofConfined()) {
      hift.replay(captured.mel(), noise, true, reference, sink, own);
    }
  }

  @Override
  public Tensor compare(Hift hift, SourceNoise noise, TapSink sink, Checks checks, Arena arena) {
    Speech speech = hift.inference(captured.mel(), noise, true, sink, arena);
    TruthFile truth = TruthFile.ofOutputs(captured.context());
    truth.compare(
        checks, HiftOutputs.SOURCE, captured.source(), speech.source(), captured.withoutTruth());
    truth.compare(
        checks, HiftOutputs.AUDIO, captured.audio(), speech.audio(), captured.withoutTruth());
    HiftOutputs.say(captured.context().log(), "from the mel", captured.audio(), speech.audio());
    return speech.audio();
  }

  @Override
  public void compareFromSource(Hift hift, TapSink sink, Checks checks, Arena arena) {
    Tensor decoded =
        Blocked.ifRefused(() -> hift.decode(captured.mel(), captured.source(), true, sink, arena));
    TruthFile.ofOutputs(captured.context())
        .compareAndControl(
            checks,
            HiftOutputs.FROM_SOURCE,
            HiftOutputs.FROM_SOURCE,
            captured.audio(),
            decoded,
            FixedLimits.HIFT_FROM_SOURCE);
    HiftOutputs.say(
        captured.context().log(), "from the mel and Python's source", captured.audio(), decoded);
  }
}
