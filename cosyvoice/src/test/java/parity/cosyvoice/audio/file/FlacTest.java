package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
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

/** FLAC files; that the samples are right is shown by the golden data of the frontend. */
final class FlacTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "frontend", "golden");

  /**
   * Where the header has the bits of a sample less one, of 5 bits, the first one the byte's last.
   */
  private static final int DEPTH = 20;

  /** Where the header has the number of samples, of 36 bits, and then the checksum. */
  private static final int TOTAL = 21;

  private static final int MD5 = 26;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "flac8_32000_stereo.flac, 32000, 1700",
    "flac16_22050_mono.flac, 22050, 1500",
    "flac24_96000_stereo.flac, 96000, 3600"
  })
  void read_everyDepth_hasRateAndLength(String name, int rate, int samples) {
    try (Arena arena = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(GOLDEN.resolve(name), arena);

      assertThat(audio.sampleRate()).isEqualTo(rate);
      assertThat(audio.speech().shape()).isEqualTo(Shape.of(1, samples));
    }
  }

  @Test
  void read_noChecksumAndNoLengthInHeader_isRead() throws IOException {
    byte[] flac = golden();
    float[] whole = read(flac);
    flac[TOTAL] &= (byte) 0xf0;
    Arrays.fill(flac, TOTAL + 1, MD5 + 16, (byte) 0);

    assertThat(read(flac)).isEqualTo(whole);
  }

  @Test
  void read_anotherBlockInThePlaceOfTheDescription_isRefused() throws IOException {
    byte[] flac = golden();
    flac[4] |= 4; // a comment, of which jflac takes as much memory as it asks for

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("its first block is of type 4 with 34 bytes, expected 0 with 34");
  }

  @Test
  void read_tagBehindTheSamples_isSteppedOver() throws IOException {
    byte[] flac = golden();
    byte[] tagged = Arrays.copyOf(flac, flac.length + 128);
    tagged[flac.length] = 'T';
    tagged[flac.length + 1] = 'A';
    tagged[flac.length + 2] = 'G';

    assertThat(read(tagged)).isEqualTo(read(flac));
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 300", "3, 1, 300", "4, 1, 300", "3, 2, 300", "3, 1, 100000", "3, 1, 0"})
  void read_id3TagsBefore_areSteppedOver(int version, int tags, int size) throws IOException {
    byte[] flac = golden();
    byte[] tagged = flac;
    for (int i = 0; i < tags; i++) {
      tagged = joined(id3(version, 0, size), tagged);
    }
    assertThat(read(tagged)).isEqualTo(read(flac));
  }

  /** libsndfile goes on right behind the tag, so there a footer that is said to be must not be. */
  @Test
  void read_id3TagWithAFooterOrWithout_isSteppedOver() throws IOException {
    byte[] flac = golden();
    byte[] footer = {'3', 'D', 'I', 4, 0, 0x10, 0, 0, 0, 0};
    assertThat(read(joined(id3(4, 0x10, 300), flac))).isEqualTo(read(flac));
    assertThat(read(joined(joined(id3(4, 0x10, 300), footer), flac))).isEqualTo(read(flac));
  }

  @Test
  void read_id3TagBeforeAWav_isSteppedOver() throws IOException {
    byte[] wav = WavBytes.of(WavBytes.PCM, 1, 16000, 16, WavBytes.shorts(16384, 0));
    assertThat(read(joined(id3(3, 0, 300), wav))).isEqualTo(read(wav));
  }

  @Test
  void read_id3TagOfAnotherSize_isRefused() throws IOException {
    byte[] flac = golden();
    byte[] tag = id3(3, 0, 300);
    tag[8] = 1;
    assertThat(refusal(joined(tag, flac))).contains("ID3 tag");
    tag[6] = 0x7f;
    assertThat(refusal(joined(tag, flac))).contains("ID3 tag");
    assertThat(refusal(tag)).contains("ID3 tag");
  }

  private static byte[] id3(int version, int flags, int size) {
    byte[] tag = new byte[10 + size];
    tag[0] = 'I';
    tag[1] = 'D';
    tag[2] = '3';
    tag[3] = (byte) version;
    tag[5] = (byte) flags;
    for (int i = 0; i < 4; i++) {
      tag[6 + i] = (byte) (size >> (7 * (3 - i)) & 0x7f);
    }
    return tag;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private String refusal(byte[] sound) {
    return String.valueOf(assertThrows(BadInputException.class, () -> read(sound)).getMessage());
  }

  @Test
  void read_otherChecksum_isRefused() throws IOException {
    byte[] flac = golden();
    flac[MD5] ^= 1;

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("MD5");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 20, 41, 60, 1000, 2000})
  void read_cutOff_isRefused(int length) throws IOException {
    byte[] flac = Arrays.copyOf(golden(), length);

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("damaged FLAC");
  }

  @Test
  void read_lastSamplesMissing_isRefused() throws IOException {
    byte[] flac = golden();
    flac[MD5 - 1]++;

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("1500 of 1501 samples");
  }

  @Test
  void read_bitFlipped_isRefused() throws IOException {
    byte[] flac = golden();
    flac[flac.length - 100] ^= 4;

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("damaged FLAC");
  }

  @Test
  void read_twentyBits_isRefusedAsByLibsndfile() throws IOException {
    byte[] flac = golden();
    flac[DEPTH] |= 1;
    flac[DEPTH + 1] = (byte) ((flac[DEPTH + 1] & 0x0f) | 0x30);

    assertThat(assertThrows(BadInputException.class, () -> read(flac)))
        .hasMessageThat()
        .contains("FLAC of 20 bits, expected 8, 16 or 24");
  }

  private static byte[] golden() throws IOException {
    return Files.readAllBytes(GOLDEN.resolve("flac16_22050_mono.flac"));
  }

  private float[] read(byte[] bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Path file = folder.resolve("speech");
      Files.write(file, bytes);
      return AudioFile.read(file, arena).speech().toFloats();
    }
  }
}
