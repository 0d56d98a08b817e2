package parity.harness.report.html;

import static com.google.common.truth.Truth.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import parity.harness.result.Exhibit;
import parity.harness.result.Grid;
import parity.harness.result.Samples;

class ViewsTest {
  private static final int MAGENTA = 0xffff00c8;

  private static byte[] content(String address) {
    return Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
  }

  private static BufferedImage image(String address) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(content(address)));
  }

  @Test
  void picture_grid_isAPixelACellFromBelowOrAbove() throws IOException {
    Grid grid = Grid.of(2, 3, (row, column) -> row == 0 && column == 2 ? Float.NaN : row);
    BufferedImage below = image(Picture.of(grid, Palette.SEQUENTIAL, value -> value, true));
    assertThat(below.getWidth()).isEqualTo(3);
    assertThat(below.getHeight()).isEqualTo(2);
    assertThat(below.getRGB(0, 0)).isEqualTo(0xfffde725);
    assertThat(below.getRGB(0, 1)).isEqualTo(0xff440154);
    assertThat(below.getRGB(2, 1)).isEqualTo(MAGENTA);
    BufferedImage above = image(Picture.of(grid, Palette.SEQUENTIAL, value -> value, false));
    assertThat(above.getRGB(0, 0)).isEqualTo(0xff440154);
  }

  @Test
  void wav_samples_are16BitAndCutAtFullScale() throws IOException, UnsupportedAudioFileException {
    byte[] wav = content(Sound.wav(Samples.of(0, 0.5f, -1, 2), 24_000));
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(in.getFormat().getSampleRate()).isEqualTo(24_000f);
      assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(16);
      assertThat(in.readAllBytes())
          .isEqualTo(new byte[] {0, 0, 0, 0x40, 0x01, (byte) 0x80, (byte) 0xff, 0x7f});
    }
  }

  @Test
  void outline_samples_spansLowestAndHighestOfEachColumn() {
    assertThat(Sound.outline(Samples.of(1, -0.5f))).isEqualTo("M0.0 -100.0V0.4M400.0 -0.0V50.4");
    assertThat(Sound.outline(Samples.of())).isEqualTo("M0.0 -0.0V0.4");
  }

  @Test
  void spectrogram_sine_isLoudestAtItsFrequency() {
    float[] sine = new float[4096];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) Math.sin(Math.PI * i / 4);
    }
    Grid levels = Spectrogram.of(Samples.of(sine));
    int middle = levels.columns() / 2;
    // An eighth of the sample rate is a quarter of what the rows span.
    assertThat(levels.at(levels.rows() / 4, middle)).isWithin(1f).of(0);
    assertThat(levels.at(levels.rows() / 2, middle)).isLessThan(-90f);
  }

  @Test
  void sound_equalOnBothSides_saysSoAndHasNothingToHear() {
    Samples same = Samples.of(0.1f, 0.2f);
    View.Sounds sounds =
        (View.Sounds) Views.of(new Exhibit.Sound("a", 24_000, same, same, 2), "Java");
    assertThat(sounds.tracks().get(0).wav()).isPresent();
    assertThat(sounds.tracks().get(2).note()).isEqualTo("nothing differs");
    assertThat(sounds.tracks().get(2).wav()).isEmpty();
  }

  @Test
  void sound_difference_saysByHowMuchItWasRaised() {
    View.Sounds sounds =
        (View.Sounds)
            Views.of(
                new Exhibit.Sound("a", 24_000, Samples.of(0, 0.5f), Samples.of(0.005f, 0.5f), 9),
                "Java");
    assertThat(sounds.tracks().get(2).note()).isEqualTo("raised by 40 dB; its loudest is 5.00e-03");
    assertThat(sounds.about()).contains("the first of");
  }

  @Test
  void mel_ofAnotherLength_isShownWithoutADifference() {
    Grid one = Grid.of(2, 3, (row, column) -> row);
    Grid two = Grid.of(2, 4, (row, column) -> row);
    View.Pictures pictures = (View.Pictures) Views.of(new Exhibit.Mel("a", one, two, 3), "Java");
    assertThat(pictures.figures()).hasSize(2);
    assertThat(
            ((View.Pictures) Views.of(new Exhibit.Mel("a", one, one, 3), "Java"))
                .figures()
                .get(2)
                .note())
        .isEqualTo("nothing differs");
  }

  @Test
  void heat_limit_isMarkedOnTheScale() {
    Grid cells = Grid.of(1, 1, (row, column) -> 600);
    View.Heat heat =
        (View.Heat)
            Views.of(
                new Exhibit.HeatMap("a", "why", "[down]", 1, 1, cells, "u", OptionalDouble.of(6)),
                "Java");
    double expected = 100 * Math.log(60) / Math.log(6000);
    assertThat(heat.scale().mark().orElseThrow()).isWithin(1e-9).of(expected);
    assertThat(heat.scale().high()).isEqualTo("600 u");
  }
}
