package parity.harness.stage;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.report.WavFile;
import parity.tensors.Tensor;

/**
 * {@code debug_artifacts.wav}, which holds the same samples as {@code python_audio_output}. The
 * earlier harness wrote 16-bit files, so only captures that say what made them are held to it.
 */
record WaveformFile(Optional<Path> file, Tensor audio) {
  static WaveformFile of(Capture capture, Tensor audio) {
    return new WaveformFile(capture.waveform().filter(path -> capture.saysWhatMadeIt()), audio);
  }

  void expect(Checks checks) {
    file.ifPresent(path -> checks.expect(Capture.WAVEFORM, audio));
  }

  void compare(Checks checks, Arena arena) {
    file.ifPresent(path -> checks.equal(Capture.WAVEFORM, audio, WavFile.read(path, arena)));
  }
}
