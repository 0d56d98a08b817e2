package parity.cosyvoice.audio;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.cosyvoice.config.MelConfig;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Windows, filter banks, and the three spectra at their edges. */
final class SpectraTest {
  private static final Path CONSTANTS =
      Path.of(
          "src",
          "test",
          "resources",
          "parity",
          "cosyvoice",
          "frontend",
          "golden",
          "constants.safetensors");
  private static final MelConfig RELEASED =
      new MelConfig(1920, 80, 24000, 480, 1920, 0, OptionalDouble.empty(), false);

  @Test
  void slaney_whisper_equalsItsFilters() {
    assertBank(MelBank.slaney(16000, 400, 128, 0, 8000), "whisper_mel_filters", 201, 0);
  }

  @Test
  void slaney_feat_equalsLibrosas() {
    // NumPy's log and exp differ from Java's by one unit in the last place.
    assertBank(MelBank.slaney(24000, 1920, 80, 0, 12000), "feat_mel_basis", 961, 1e-17);
  }

  @Test
  void kaldi_equalsTorchaudios() {
    // A quarter unit in the last place of mels around 2000, over a band 36 mels wide.
    assertBank(MelBank.kaldi(80, 512, 16000, 20), "kaldi_mel_banks", 256, 1e-5);
  }

  @Test
  void windows_equalTorchs() {
    try (TensorFile golden = Safetensors.open(CONSTANTS)) {
      assertThat(Windows.hann(400))
          .usingTolerance(0x1p-24)
          .containsExactly(golden.get("hann_400").toFloats())
          .inOrder();
      assertThat(Windows.povey(400))
          .usingTolerance(0x1p-24)
          .containsExactly(golden.get("povey_400").toFloats())
          .inOrder();
    }
  }

  @Test
  void melSpectrogram_otherConfiguration_equalsMatchas() {
    MelConfig other = new MelConfig(64, 8, 8000, 16, 48, 100, OptionalDouble.of(3000), false);
    try (TensorFile golden = Safetensors.open(CONSTANTS);
        Arena arena = Arena.ofConfined()) {
      Tensor expected = golden.get("other_feat");
      Tensor mel = new MelSpectrogram(other).melSpectrogram(golden.get("other_speech"), arena);

      assertThat(mel.shape()).isEqualTo(expected.shape());
      assertThat(mel.toFloats())
          .usingTolerance(2e-6)
          .containsExactly(expected.toFloats())
          .inOrder();
    }
  }

  @Test
  void melSpectrogram_centered_isRefused() {
    MelConfig centered = new MelConfig(1920, 80, 24000, 480, 1920, 0, OptionalDouble.empty(), true);

    BadInputException bad =
        assertThrows(BadInputException.class, () -> new MelSpectrogram(centered));

    assertThat(bad).hasMessageThat().contains("center true");
  }

  @Test
  void spectra_silence_areTheirFloors() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor silence = Tensor.allocate(DType.F32, Shape.of(1, 2400), arena);

      assertAll(new WhisperMel().logMelSpectrogram(silence, arena), -1.5f);
      assertAll(new KaldiFbank().fbank(silence, arena), (float) Math.log(0x1p-23));
      assertAll(
          new MelSpectrogram(RELEASED).melSpectrogram(silence, arena), (float) Math.log(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"201, 1", "319, 1", "320, 2", "321, 2", "16000, 100"})
  void whisperMel_length_isAFrameForEach160(int samples, int frames) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor mel = new WhisperMel().logMelSpectrogram(silence(samples, arena), arena);

      assertThat(mel.shape()).isEqualTo(Shape.of(1, 128, frames));
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "559, 1", "560, 2", "16000, 98"})
  void fbank_length_isWholeWindowsOnly(int samples, int frames) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor fbank = new KaldiFbank().fbank(silence(samples, arena), arena);

      assertThat(fbank.shape()).isEqualTo(Shape.of(frames, 80));
    }
  }

  @ParameterizedTest
  @CsvSource({"721, 1", "959, 1", "960, 2", "24000, 50"})
  void melSpectrogram_length_isAFrameForEach480(int samples, int frames) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor mel = new MelSpectrogram(RELEASED).melSpectrogram(silence(samples, arena), arena);

      assertThat(mel.shape()).isEqualTo(Shape.of(1, frames, 80));
    }
  }

  @Test
  void spectra_tooShort_areRefused() {
    Arena arena = Arena.ofAuto();
    assertThrows(
        IllegalArgumentException.class,
        () -> new WhisperMel().logMelSpectrogram(silence(200, arena), arena));
    assertThrows(
        IllegalArgumentException.class, () -> new KaldiFbank().fbank(silence(399, arena), arena));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MelSpectrogram(RELEASED).melSpectrogram(silence(720, arena), arena));
  }

  private static Tensor silence(int samples, Arena arena) {
    return Tensor.allocate(DType.F32, Shape.of(1, samples), arena);
  }

  private static void assertAll(Tensor tensor, float expected) {
    for (float value : tensor.toFloats()) {
      assertThat(value).isEqualTo(expected);
    }
  }

  private static void assertBank(MelBank bank, String name, int frequencies, double tolerance) {
    try (TensorFile golden = Safetensors.open(CONSTANTS)) {
      float[] expected = new float[bank.bands() * frequencies];
      int[] places = golden.get(name + ".at").toInts();
      for (int i = 0; i < places.length; i++) {
        expected[places[i]] = golden.get(name + ".value").getFloat(i);
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) bank.weight(i / frequencies, i % frequencies))
            .isWithin(tolerance)
            .of(expected[i]);
      }
    }
  }
}
