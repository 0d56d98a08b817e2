package parity.harness.suite;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.file.Sha256;

class VoiceTest {
  @TempDir Path folder;

  private record Heard(AudioFormat format, List<Short> samples) {}

  private Heard heard(Voice voice) {
    voice.write(folder);
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(folder.resolve(voice.file()).toFile())) {
      byte[] bytes = in.readAllBytes();
      ShortBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      List<Short> samples = IntStream.range(0, all.limit()).mapToObj(all::get).toList();
      return new Heard(in.getFormat(), samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnsupportedAudioFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void write_eachVoice_isOfItsRateAndLengthAndNeitherSilentNorClipped() {
    for (Voice voice : Attempts.VOICES) {
      Heard heard = heard(voice);
      assertThat(heard.format().getSampleRate()).isEqualTo((float) voice.rate());
      assertThat(heard.format().getChannels()).isEqualTo(voice.channels());
      assertThat(heard.samples()).hasSize(voice.frames() * voice.channels());
      int loudest = 0;
      int silent = 0;
      for (short sample : heard.samples()) {
        loudest = Math.max(loudest, Math.abs(sample));
        silent += sample == 0 ? 1 : 0;
      }
      assertWithMessage(voice.name()).that(loudest).isIn(Range.closed(8_000, 32_000));
      assertWithMessage(voice.name())
          .that((double) silent / heard.samples().size())
          .isGreaterThan(0.05);
      assertWithMessage(voice.name())
          .that((double) silent / heard.samples().size())
          .isLessThan(0.3);
    }
  }

  @Test
  void write_twoChannels_differ() {
    Voice stereo =
        Attempts.VOICES.stream().filter(voice -> voice.channels() == 2).findFirst().orElseThrow();
    List<Short> samples = heard(stereo).samples();
    int different = 0;
    for (int i = 0; i < samples.size(); i += 2) {
      different += samples.get(i).equals(samples.get(i + 1)) ? 0 : 1;
    }
    assertThat(different).isGreaterThan(samples.size() / 4);
  }

  /** Upstream's captures of them are named by what they are. */
  @Test
  void write_anywhere_isTheSameBytes() throws IOException {
    Set<String> names = new HashSet<>();
    for (Voice voice : Attempts.VOICES) {
      assertThat(names.add(voice.name())).isTrue();
      voice.write(folder);
    }
    assertThat(Sha256.text(folder.resolve("voice_16k.wav")))
        .isEqualTo("2220308c834bf61d500c74b01484305e421a7e74870fa9173626ec12d517c0ed");
    assertThat(Files.size(folder.resolve("voice_16k.wav"))).isEqualTo(64_044);
  }
}
