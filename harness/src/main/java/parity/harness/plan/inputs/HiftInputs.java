package parity.harness.plan.inputs;

import java.nio.file.Path;
import java.util.Optional;
import parity.cosyvoice.config.HiftConfig;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the vocoder read and made of an utterance.
 *
 * @param mel {@code python_flow_output} [1, 80, T]
 * @param source {@code python_hift_source} [1, 1, 480 T], where it was captured
 * @param audio {@code python_audio_output} [1, 480 T]
 * @param noise the source module's random buffers, where they were captured
 * @param waveform the sound file that holds the same samples as {@code audio}
 */
public record HiftInputs(
    Tensor mel,
    Optional<Tensor> source,
    Tensor audio,
    Optional<Noise> noise,
    Optional<Path> waveform) {
  /**
   * The source module's random buffers.
   *
   * @param randIni float32 [1, harmonics]
   * @param sineWaves float32 [1, S, harmonics]
   */
  public record Noise(Tensor randIni, Tensor sineWaves) {}

  /** Of a capture. */
  public static HiftInputs of(Capture capture, Captured full, HiftConfig config) {
    Tensor mel = full.get(TensorNames.FLOW_OUTPUT, DType.F32, 1, config.inChannels(), Captured.ANY);
    long samples = mel.shape().dim(2) * config.samplesPerFrame();
    Optional<Tensor> source =
        full.holds(TensorNames.HIFT_SOURCE)
            ? Optional.of(full.get(TensorNames.HIFT_SOURCE, DType.F32, 1, 1, samples))
            : Optional.empty();
    return new HiftInputs(
        mel,
        source,
        full.get(TensorNames.AUDIO_OUTPUT, DType.F32, 1, samples),
        noise(capture, full, config, samples),
        // The earlier harness wrote 16-bit files, so only captures that say what made them are held
        // to theirs.
        capture.waveform().filter(path -> capture.saysWhatMadeIt()));
  }

  private static Optional<Noise> noise(
      Capture capture, Captured full, HiftConfig config, long samples) {
    if (!capture.saysWhatMadeIt()
        && !full.holds(TensorNames.NSF_RAND_INI)
        && !full.holds(TensorNames.NSF_SINE_WAVES)) {
      return Optional.empty();
    }
    int harmonics = config.nbHarmonics() + 1;
    return Optional.of(
        new Noise(
            full.get(TensorNames.NSF_RAND_INI, DType.F32, 1, harmonics),
            full.get(TensorNames.NSF_SINE_WAVES, DType.F32, 1, samples, harmonics)));
  }
}
