package parity.harness.stage;

import java.lang.foreign.Arena;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.tensors.Tensor;

/** How the vocoder was called for an utterance: at once, or chunk by chunk. */
sealed interface HiftRun permits HiftWhole, HiftChunks {
  /** Says what is compared before the vocoder runs. */
  void expectInputs(Checks checks);

  /** Says what the vocoder is to make of the mel. */
  void expectOutputs(Checks checks);

  /** Says what its decoder is to make of Python's own source. */
  void expectFromSource(Checks checks);

  /**
   * Compares what is captured twice.
   *
   * @throws Blocked if captured tensors do not go together
   */
  void compareInputs(Checks checks, Arena arena);

  /** Says that a run without taps is compared too. */
  void expectUntapped(Checks checks);

  /** Runs the vocoder as synthesis does, with nobody watching, and compares the waveform. */
  void compareUntapped(Hift hift, SourceNoise noise, Checks checks, Arena arena);

  /** Runs the vocoder with every module on the reference's own inputs. */
  void replay(Hift hift, SourceNoise noise, TapSource reference, TapSink sink);

  /** Runs the vocoder from Python's mel, and compares; returns the waveform [1, S]. */
  Tensor compare(Hift hift, SourceNoise noise, TapSink sink, Checks checks, Arena arena);

  /** Runs the decoder from Python's mel and Python's own source, and compares. */
  void compareFromSource(Hift hift, TapSink sink, Checks checks, Arena arena);
}
