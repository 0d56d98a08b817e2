package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;
import parity.tensors.Shape;

final class AudioFileTest {
  @TempDir Path folder;

  @Test
  void read_pcm8_isUnsignedOver128() {
    byte[] data = {0, (byte) 128, (byte) 255};

    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, 16000, 8, data)))
        .usingExactEquality()
        .containsExactly(-1f, 0f, 127 / 128f)
        .inOrder();
  }

  @Test
  void read_pcm16_isSignedOver32768() {
    byte[] data = WavBytes.shorts(-32768, -1, 32767);

    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, 16000, 16, data)))
        .usingExactEquality()
        .containsExactly(-1f, -1 / 32768f, 32767 / 32768f)
        .inOrder();
  }

  @Test
  void read_pcm24_isSignedOver8388608() {
    byte[] data = {0, 0, (byte) 0x80, -1, -1, -1, -1, -1, 0x7f};

    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, 16000, 24, data)))
        .usingExactEquality()
        .containsExactly(-1f, -0x1p-23f, 1 - 0x1p-23f)
        .inOrder();
  }

  @Test
  void read_pcm32_isRoundedToFloat() {
    byte[] data = WavBytes.ints(Integer.MIN_VALUE, Integer.MAX_VALUE, 129);

    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, 16000, 32, data)))
        .usingExactEquality()
        .containsExactly(-1f, 1f, 129 * 0x1p-31f)
        .inOrder();
  }

  @Test
  void read_floats_areTakenAsTheyAre() {
    byte[] data = WavBytes.floats(1.5f, -1e-7f);

    assertThat(samples(WavBytes.of(WavBytes.FLOAT, 1, 16000, 32, data)))
        .usingExactEquality()
        .containsExactly(1.5f, -1e-7f)
        .inOrder();
  }

  @Test
  void read_doubles_areRoundedToFloat() {
    byte[] data = WavBytes.doubles(1 + 0x1p-24 + 0x1p-40, 0.1);

    assertThat(samples(WavBytes.of(WavBytes.FLOAT, 1, 16000, 64, data)))
        .usingExactEquality()
        .containsExactly(1 + 0x1p-23f, 0.1f)
        .inOrder();
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 1", "1, 16, 2", "1, 24, 3", "1, 32, 4", "3, 32, 4", "3, 64, 8"})
  void read_extensible_isReadAsThePlainFormat(int tag, int bits, int width) {
    byte[] data = new byte[6 * width];
    Arrays.fill(data, (byte) 0x3b);
    byte[] extensible = new WavBytes().extensible(tag, 2, 48000, bits).chunk("data", data).bytes();

    assertThat(samples(extensible)).isEqualTo(samples(WavBytes.of(tag, 2, 48000, bits, data)));
  }

  @Test
  void read_sampleOfTwelveBits_isReadByTheBytesItTakes() {
    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, 16000, 12, WavBytes.shorts(16384))))
        .usingExactEquality()
        .containsExactly(0.5f);
  }

  @Test
  void read_oddChunksAround_areSkipped() {
    byte[] wav =
        new WavBytes()
            .chunk("JUNK", new byte[27])
            .chunk("PEAK", new byte[16])
            .fmt(WavBytes.PCM, 1, 22050, 16)
            .chunk("fact", new byte[4])
            .chunk("LIST", "INFOISFT\0".getBytes(StandardCharsets.ISO_8859_1))
            .chunk("data", WavBytes.shorts(8192, -8192))
            .chunk("LIST", new byte[5])
            .bytes();

    assertThat(samples(wav)).usingExactEquality().containsExactly(0.25f, -0.25f).inOrder();
  }

  @Test
  void read_channels_areAveraged() {
    byte[] data = WavBytes.shorts(16384, 0, -16384, 8192, 8192, 8192);

    assertThat(samples(WavBytes.of(WavBytes.PCM, 3, 16000, 16, data)))
        .usingExactEquality()
        .containsExactly(0f, 0.25f)
        .inOrder();
  }

  @Test
  void read_lengthOfAStream_endsWithTheFile() {
    byte[] wav =
        new WavBytes()
            .fmt(WavBytes.PCM, 1, 16000, 16)
            .chunk("data", WavBytes.shorts(16384, 0, 0), -1)
            .bytes();

    assertThat(samples(wav)).hasLength(3);
  }

  @Test
  void read_nameOfAnotherFormat_goesByTheContent() throws IOException {
    Path file = folder.resolve("speech.flac");
    Files.write(file, WavBytes.of(WavBytes.PCM, 1, 16000, 16, WavBytes.shorts(1)));

    try (Arena arena = Arena.ofConfined()) {
      assertThat(AudioFile.read(file, arena).speech().shape()).isEqualTo(Shape.of(1, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16000, 44100, 192000})
  void read_thirtySeconds_isTheLongestAllowed(int rate) {
    byte[] data = new byte[30 * rate];

    assertThat(samples(WavBytes.of(WavBytes.PCM, 1, rate, 8, data))).hasLength(30 * rate);
  }

  @ParameterizedTest
  @ValueSource(ints = {16000, 24000, 48000})
  void read_overThirtySeconds_isRefused(int rate) {
    byte[] data = new byte[30 * rate + rate / 8000];

    assertRefused(WavBytes.of(WavBytes.PCM, 1, rate, 8, data), "at most 30 s");
  }

  @Test
  void read_streamOverThirtySeconds_isRefused() {
    byte[] wav =
        new WavBytes()
            .fmt(WavBytes.PCM, 1, 16000, 8)
            .chunk("data", new byte[31 * 16000], -1)
            .bytes();

    assertRefused(wav, "at most 30 s");
  }

  @ParameterizedTest
  @CsvSource({"15999, at least 16000 Hz", "8000, upstream asserts", "768001, at most 768000 Hz"})
  void read_rateOutOfRange_isRefused(int rate, String message) {
    assertRefused(WavBytes.of(WavBytes.PCM, 1, rate, 16, WavBytes.shorts(1, 2)), message);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4, Microsoft ADPCM",
    "6, 8, A-law",
    "7, 8, mu-law",
    "17, 4, IMA ADPCM",
    "49, 0, GSM 6.10",
    "85, 0, MPEG (MP3)",
    "3, 24, IEEE float of 24 bits",
    "4660, 16, codec 0x1234"
  })
  void read_codecOfOthers_isNamed(int tag, int bits, String name) {
    assertRefused(WavBytes.of(tag, 1, 16000, bits, new byte[64]), "WAV with " + name);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void read_sampleNotFinite_isRefused(float sample) {
    byte[] data = WavBytes.floats(0, sample, 0);

    assertRefused(WavBytes.of(WavBytes.FLOAT, 1, 16000, 32, data), "sample 1 is ");
  }

  @Test
  void read_dataCutOff_isRefused() {
    byte[] wav = WavBytes.of(WavBytes.PCM, 1, 16000, 16, new byte[2000]);

    assertRefused(Arrays.copyOf(wav, wav.length - 130), "cut off, 935 of 1000 samples");
  }

  @ParameterizedTest
  @CsvSource({
    "12, WAV with no",
    "16, WAV with no",
    "20, chunk has 0 bytes",
    "30, chunk has 10 bytes",
    "36, WAV with no"
  })
  void read_headerCutOff_isRefused(int length, String message) {
    byte[] wav = WavBytes.of(WavBytes.PCM, 1, 16000, 16, new byte[2000]);

    assertRefused(Arrays.copyOf(wav, length), message);
  }

  @Test
  void read_noDataChunk_isRefused() {
    byte[] wav =
        new WavBytes().fmt(WavBytes.PCM, 1, 16000, 16).chunk("LIST", new byte[4], 90_000).bytes();

    assertRefused(wav, "a chunk 'LIST' of 90000 bytes, which reaches past the end of the file");
  }

  @Test
  void read_noSamples_isRefused() {
    assertRefused(WavBytes.of(WavBytes.PCM, 1, 16000, 16, new byte[0]), "no samples");
  }

  @Test
  void read_emptyFile_isRefused() {
    assertRefused(new byte[0], "empty file");
  }

  @Test
  void read_noSuchFile_isRefused() {
    BadInputException bad =
        assertThrows(
            BadInputException.class,
            () -> AudioFile.read(folder.resolve("missing.wav"), Arena.ofAuto()));

    assertThat(bad).hasMessageThat().contains("no such file");
  }

  @Test
  void read_folder_isRefused() {
    BadInputException bad =
        assertThrows(BadInputException.class, () -> AudioFile.read(folder, Arena.ofAuto()));

    assertThat(bad).hasMessageThat().contains("not a file");
  }

  @ParameterizedTest
  @CsvSource({
    "OggS________, Ogg",
    "ID3_________, ID3",
    "FORM____AIFF, AIFF",
    ".snd________, AU",
    "caff________, Core Audio",
    "RF64____WAVE, RF64",
    "RIFX____WAVE, RIFX",
    "riff________, Wave64",
    "____ftypM4A_, MP4",
    "Hello there!, not a sound file",
    "RI, not a sound file"
  })
  void read_formatOfOthers_isNamed(String start, String name) {
    assertRefused(start.getBytes(StandardCharsets.ISO_8859_1), name);
  }

  @Test
  void read_mp3Frame_isNamed() {
    assertRefused(new byte[] {-1, (byte) 0xfb, 0, 0}, "MP3");
  }

  private void assertRefused(byte[] file, String message) {
    BadInputException bad = assertThrows(BadInputException.class, () -> samples(file));

    assertThat(bad).hasMessageThat().contains(message);
    assertThat(bad).hasMessageThat().startsWith(folder.toString());
    assertThat(bad).hasMessageThat().doesNotContain("\n");
  }

  private float[] samples(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      Path file = folder.resolve("speech");
      Files.write(file, bytes);
      return AudioFile.read(file, arena).speech().toFloats();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
