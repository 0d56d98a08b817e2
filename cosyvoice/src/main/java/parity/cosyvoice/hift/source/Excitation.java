package parity.cosyvoice.hift.source;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** The source of one utterance: {@code f0_upsamp} and {@code m_source}, frame after frame. */
public final class Excitation {
  private final HiftConfig config;
  private final SourceModuleHnNSF source;
  private final SourceNoise random;
  private final SineGen2.Phase phase;

  public Excitation(HiftConfig config, SourceModuleHnNSF source, SourceNoise random) {
    this.config = config;
    this.source = source;
    this.random = random;
    this.phase = source.start();
  }

  /** Mel frames that it has made the source of. */
  public long frames() {
    return phase.frames();
  }

  public SourceNoise random() {
    return random;
  }

  /**
   * Makes the source of the frames that follow.
   *
   * @param predicted their F0 in Hz, F32 [1, T]
   * @return F32 [1, 1, samples]
   */
  public Tensor add(Tensor predicted, Watch watch, Arena to) {
    try (Arena scratch = Arena.ofConfined()) {
      Tensor f0 = watch.pass("f0_upsamp:input", predicted.reshape(1, 1, predicted.elements()));
      long samples = f0.elements() * config.samplesPerFrame();
      Tensor upsampled = Tensor.allocate(DType.F32, Shape.of(1, 1, samples), scratch);
      for (long s = 0; s < samples; s++) {
        upsampled.setFloat(s, f0.getFloat(s / config.samplesPerFrame()));
      }
      upsampled = watch.pass("f0_upsamp", upsampled);
      Tensor column = watch.pass("m_source:x", upsampled.reshape(1, samples, 1));
      SourceNoise left = random.from(phase.frames() * config.samplesPerFrame());
      Tensor merged = source.forward(column, left, phase, watch, scratch);
      Tensor excitation = Tensor.allocate(DType.F32, Shape.of(1, 1, samples), to);
      excitation.data().copyFrom(merged.data());
      return excitation;
    }
  }
}
