package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.audio.file.SoundWriter.Format;
import parity.tensors.Tensor;

class SoundWriterTest {
  private static final int RATE = 24_000;

  @TempDir static Path folder;

  private static float[] noise(int length, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (0.8 * Math.sin(i / 9.0) + 0.1 * random.nextGaussian());
    }
    return samples;
  }

  private static void write(SoundWriter writer, float[] samples, int piece) throws IOException {
    try (writer) {
      for (int at = 0; at < samples.length; at += piece) {
        int end = Math.min(samples.length, at + piece);
        writer.write(Arrays.copyOfRange(samples, at, end));
      }
    }
  }

  private static float[] read(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(file, arena);
      assertThat(audio.sampleRate()).isEqualTo(RATE);
      Tensor speech = audio.speech();
      return speech.toFloats();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_095, 4_096, 4_097, 30_000})
  void toFile_wavInPieces_keepsEveryBit(int length) throws IOException {
    float[] samples = noise(length, length);
    Path file = folder.resolve("kept.wav");
    write(SoundWriter.toFile(Format.WAV, file, RATE), samples, 1_000);
    assertThat(read(file)).isEqualTo(samples);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 16, 31, 32, 33, 4_095, 4_096, 4_097, 4_100, 30_000})
  void toFile_flacInPieces_keeps24BitsAndItsChecksum(int length) throws IOException {
    float[] samples = noise(length, length);
    Path file = folder.resolve("kept.flac");
    write(SoundWriter.toFile(Format.FLAC, file, RATE), samples, 1_000);
    float[] found = read(file);
    assertThat(found).hasLength(length);
    for (int i = 0; i < length; i++) {
      float clipped = Math.clamp(samples[i], -1, 1 - 0x1p-23f);
      assertThat(Math.abs(found[i] - clipped)).isAtMost(0x1p-23f);
    }
  }

  @Test
  void toFile_beyondFullScale_isClippedInFlac() throws IOException {
    Path file = folder.resolve("loud.flac");
    write(SoundWriter.toFile(Format.FLAC, file, RATE), new float[] {2, -2, 1, -1}, 4);
    assertThat(read(file)).isEqualTo(new float[] {1 - 0x1p-23f, -1, 1 - 0x1p-23f, -1});
  }

  @Test
  void toPipe_flac_isReadToItsEnd() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    float[] samples = noise(10_000, 1);
    write(SoundWriter.toPipe(Format.FLAC, bytes, RATE), samples, 999);
    Path file = Files.write(folder.resolve("piped.flac"), bytes.toByteArray());
    assertThat(read(file)).hasLength(samples.length);
  }

  @Test
  void toPipe_wav_saysThatItsLengthIsUnknown() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(SoundWriter.toPipe(Format.WAV, bytes, RATE), noise(100, 1), 33);
    ByteBuffer wav = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(wav.capacity()).isEqualTo(58 + 400);
    assertThat(wav.getInt(4)).isEqualTo(-1);
    assertThat(wav.getInt(54)).isEqualTo(-1);
    assertThat(wav.getFloat(58)).isEqualTo(noise(1, 1)[0]);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void toPipe_written_comesBeforeTheEnd(Format format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SoundWriter writer = SoundWriter.toPipe(format, bytes, RATE)) {
      int header = bytes.size();
      writer.write(noise(5_000, 1));
      assertThat(bytes.size()).isGreaterThan(header + 4_000);
    }
  }

  @Test
  void toFile_wav_isWhatTheJdkReads() throws Exception {
    Path file = folder.resolve("jdk.wav");
    write(SoundWriter.toFile(Format.WAV, file, RATE), noise(1_234, 1), 100);
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
      assertThat(sound.getFrameLength()).isEqualTo(1_234);
      assertThat(sound.getFormat().getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_FLOAT);
      assertThat(sound.getFormat().getSampleRate()).isEqualTo((float) RATE);
    }
  }

  @Test
  void toFile_folderMissing_fails() {
    Path file = folder.resolve("missing").resolve("a.wav");
    assertThrows(IOException.class, () -> SoundWriter.toFile(Format.WAV, file, RATE));
    assertThrows(IOException.class, () -> SoundWriter.toFile(Format.FLAC, file, RATE));
  }
}
