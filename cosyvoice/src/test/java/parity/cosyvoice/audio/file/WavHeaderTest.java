package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/**
 * Headers that say what is not so. Each that is read gives as many samples as upstream's load_wav
 * (torchaudio 2.3.1, libsndfile 1.2.2) gives of the same bytes, unless its test says otherwise.
 */
final class WavHeaderTest {
  private static final int SAMPLES = 100;
  private static final int RIFF_SIZE = 4;
  private static final int CHANNELS = 22;
  private static final int RATE = 24;
  private static final int BYTES_A_SECOND = 28;
  private static final int ALIGN = 32;
  private static final int BITS = 34;
  private static final int DATA_SIZE = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0xffff_ffffL,
        0xffff_fffeL,
        0xffff_ffffL - 36,
        0xffff_f000L,
        0x8000_0000L,
        0x7fff_ffffL,
        0x7fff_fffeL,
        0x7fff_ffffL - 36,
        0x7fff_ffffL - 44,
        0x7fff_f000L
      })
  void read_sizeThatStandsForUnknown_endsWithTheFile(long size) {
    byte[] alone = with(wav(), DATA_SIZE, size);
    assertThat(samples(alone)).isEqualTo(samples(wav()));
    assertThat(samples(with(alone, RIFF_SIZE, size))).isEqualTo(samples(wav()));
    assertThat(samples(Arrays.copyOf(alone, alone.length - 1))).hasLength(SAMPLES - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8, 36, 44, 80, 128})
  void read_sizeTooLargeByAHeaderAtMost_endsWithTheFile(int surplus) {
    assertThat(samples(with(wav(), DATA_SIZE, 2 * SAMPLES + surplus))).isEqualTo(samples(wav()));
  }

  @Test
  void read_sizeTooLargeByMore_isCutOff() {
    // libsndfile reads what is there and says nothing.
    assertThat(refusal(with(wav(), DATA_SIZE, 2 * SAMPLES + 130)))
        .isEqualTo("cut off, 100 of 165 samples are there; copy or record it again");
    assertThat(refusal(with(wav(), DATA_SIZE, 0x7ffe_ffffL))).startsWith("cut off, 100 of ");
  }

  @ParameterizedTest
  @CsvSource({"1, 99", "2, 99", "3, 98", "100, 50", "198, 1"})
  void read_sizeTooSmall_endsThere(int missing, int samples) {
    assertThat(samples(with(wav(), DATA_SIZE, 2 * SAMPLES - missing))).hasLength(samples);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 8, 36, 235, 237, 1000, 0x7fff_ffffL, 0xffff_ffffL})
  void read_anySizeOfTheWhole_isNotLookedAt(long size) {
    assertThat(samples(with(wav(), RIFF_SIZE, size))).isEqualTo(samples(wav()));
  }

  @Test
  void read_fileThatWasNeverClosed_endsWithTheFile() {
    byte[] never = with(with(wav(), RIFF_SIZE, 8), DATA_SIZE, 0);
    assertThat(samples(never)).isEqualTo(samples(wav()));
    assertThat(refusal(with(never, RIFF_SIZE, 36))).startsWith("no samples");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
  void read_surplusBytesAtTheEnd_areNoSamples(int count) {
    byte[] wav = wav();
    byte[] longer = Arrays.copyOf(wav, wav.length + count);
    assertThat(samples(longer)).isEqualTo(samples(wav));
    Arrays.fill(longer, wav.length, longer.length, (byte) 'x');
    assertThat(samples(longer)).isEqualTo(samples(wav));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcd", "LIST", "JUNK", "bext"})
  void read_oddChunkWithoutPadByte_isRefusedByName(String name) {
    byte[] odd = (name + "\3\0\0\0xyz").getBytes(StandardCharsets.ISO_8859_1);
    String expected =
        "WAV with no pad byte after the odd chunk '%s': expected a 'data' chunk behind a 'fmt ' chunk; export the recording anew"
            .formatted(name);
    assertThat(refusal(inserted(wav(), 36, odd))).isEqualTo(expected);
    assertThat(refusal(inserted(wav(), 12, odd))).isEqualTo(expected);
  }

  @Test
  void read_padByteThatIsNotZero_isNotLookedAt() {
    byte[] odd = "abcd\3\0\0\0xyzX".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(samples(inserted(wav(), 36, odd))).isEqualTo(samples(wav()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 8, 23556, 65535})
  void read_blockAlignThatNoFrameHas_isRefused(int align) {
    // libsndfile goes by the bits: of 24 bits in four bytes it makes noise.
    assertThat(refusal(with16(wav(), ALIGN, align)))
        .isEqualTo(
            "the WAV's block align is %d, but a frame of 1 channel(s) of 16 bits has 2 bytes; export the recording anew"
                .formatted(align));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0xffff_ffffL})
  void read_anyBytesASecond_areNotLookedAt(long bytes) {
    assertThat(samples(with(wav(), BYTES_A_SECOND, bytes))).isEqualTo(samples(wav()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x8000_0000L, 0xffff_ffffL})
  void read_rateThatNoneIs_isRefused(long rate) {
    assertThat(refusal(with(wav(), RATE, rate))).startsWith("sampling rate " + rate + " Hz");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 512, 65535})
  void read_channelsThatAreTooManyOrNone_areRefused(int channels) {
    assertThat(refusal(with16(wav(), CHANNELS, channels)))
        .isEqualTo(channels + " channels, expected 1 to 511");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 33, 64, 65535})
  void read_bitsThatNoSampleHas_areRefused(int bits) {
    assertThat(refusal(with16(wav(), BITS, bits)))
        .startsWith("WAV with PCM of " + bits + " bits and 1 channels, expected PCM of 8, 16");
  }

  @Test
  void read_chunksInAnotherOrderOrTwice_areRefused() {
    byte[] data = WavBytes.shorts(1, 2);
    assertThat(refusal(new WavBytes().chunk("data", data).fmt(1, 1, 16000, 16).bytes()))
        .startsWith("WAV with samples before any 'fmt ' chunk");
    assertThat(
            refusal(
                new WavBytes()
                    .fmt(1, 1, 16000, 16)
                    .fmt(1, 1, 16000, 16)
                    .chunk("data", data)
                    .bytes()))
        .startsWith("WAV with two 'fmt ' chunks");
  }

  @Test
  void read_extensibleOfAnUnknownKind_isRefused() {
    byte[] wav = new WavBytes().extensible(1, 1, 16000, 16).chunk("data", new byte[4]).bytes();
    wav[12 + 8 + 30] ^= 1;
    assertThat(refusal(wav))
        .startsWith("WAV with an extensible format that names no codec we know");
  }

  @Test
  void read_shortFileOfEveryLength_isReadOrRefused() {
    byte[] wav = new WavBytes().chunk("JUNK", new byte[3]).fmt(1, 1, 16000, 16).bytes();
    for (int length = 1; length <= wav.length; length++) {
      assertThat(refusal(Arrays.copyOf(wav, length))).isNotEmpty();
    }
  }

  private static byte[] wav() {
    int[] samples = new int[SAMPLES];
    Arrays.setAll(samples, i -> 100 * i - 5000);
    return WavBytes.of(WavBytes.PCM, 1, 16000, 16, WavBytes.shorts(samples));
  }

  private static byte[] with(byte[] wav, int at, long value) {
    byte[] changed = wav.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, (int) value);
    return changed;
  }

  private static byte[] with16(byte[] wav, int at, int value) {
    byte[] changed = wav.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
    return changed;
  }

  private static byte[] inserted(byte[] wav, int at, byte[] bytes) {
    return ByteBuffer.allocate(wav.length + bytes.length)
        .put(wav, 0, at)
        .put(bytes)
        .put(wav, at, wav.length - at)
        .array();
  }

  private String refusal(byte[] bytes) {
    BadInputException bad = assertThrows(BadInputException.class, () -> samples(bytes));
    return String.valueOf(bad.getMessage()).substring((folder + "/speech: ").length());
  }

  private float[] samples(byte[] bytes) {
    Path file = folder.resolve("speech");
    try (Arena arena = Arena.ofConfined()) {
      Files.write(file, bytes);
      return AudioFile.read(file, arena).speech().toFloats();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
