package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class HiftStreamTest {
  /** -100 dB. */
  private static final double LIMIT = 1e-5;

  private static final int SAMPLES_PER_FRAME = 480;
  private static HiftSample sample;
  private static Hift hift;

  @BeforeAll
  @BeforeContainer
  static void open() {
    sample = new HiftSample();
    hift = sample.hift(HiftOptions.of(2));
  }

  @AfterAll
  @AfterContainer
  static void close() {
    hift.close();
    sample.close();
  }

  /** What upstream does: run over all of the mel so far, and cut off what was spoken before. */
  @Property(tries = 15)
  void add_melInPieces_isTheNewEndOfARunOverAllOfIt(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 120) Integer> pieces) {
    int frames = pieces.stream().mapToInt(Integer::intValue).sum() + 1;
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(noise(frames))) {
      Tensor mel = mel(frames);
      List<Integer> lengths = new ArrayList<>(pieces);
      lengths.add(1);
      long offset = 0;
      int end = 0;
      for (int i = 0; i < lengths.size(); i++) {
        boolean last = i == lengths.size() - 1;
        Tensor added = Frames.slice(mel, end, end + lengths.get(i), arena);
        end += lengths.get(i);
        Tensor fresh = stream.add(added, last, arena);
        if (end <= 7 && !last) {
          assertThat(fresh.shape()).isEqualTo(Shape.of(1, 0));
          continue;
        }
        Tensor all = rerun(Frames.slice(mel, 0, end, arena), noise(frames), last, arena);
        assertThat(fresh.shape()).isEqualTo(Shape.of(1, all.elements() - offset));
        assertWithMessage("%s, call %s", lengths, i)
            .that(difference(fresh, all, offset))
            .isAtMost(LIMIT);

        offset += fresh.elements();
      }
      assertThat(offset).isEqualTo((long) frames * SAMPLES_PER_FRAME);
    }
  }

  private static Tensor rerun(Tensor mel, SourceNoise noise, boolean finalize, Arena arena) {
    return hift.inference(mel, noise, finalize, TapSink.NONE, arena).audio();
  }

  @Test
  void add_sampleInTwoPieces_isPythonsWaveform() {
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(sample.noise())) {
      Tensor mel = sample.mel();
      long frames = mel.shape().dim(2);
      Tensor first = stream.add(Frames.slice(mel, 0, 11, arena), false, arena);
      Tensor second = stream.add(Frames.slice(mel, 11, frames, arena), true, arena);

      Tensor expected = sample.artifacts().get("python_audio_output");
      assertThat(first.elements() + second.elements()).isEqualTo(expected.elements());
      assertThat(difference(first, expected, 0)).isAtMost(2e-5);
      assertThat(difference(second, expected, first.elements())).isAtMost(2e-5);
    }
  }

  @Test
  void add_theEndWithoutFrames_speaksWhatWasHeldBack() {
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(sample.noise())) {
      assertThat(stream.add(sample.mel(12), false, arena).elements()).isEqualTo(4 * 480);
      assertThat(stream.add(sample.mel(0), true, arena).elements()).isEqualTo(8 * 480);
    }
  }

  @Test
  void add_noFramesAtAll_speaksNothing() {
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(sample.noise())) {
      assertThat(stream.add(sample.mel(0), true, arena).shape()).isEqualTo(Shape.of(1, 0));
    }
  }

  @Test
  void add_afterTheEnd_isRefused() {
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(sample.noise())) {
      stream.add(sample.mel(10), true, arena);

      var e =
          assertThrows(IllegalStateException.class, () -> stream.add(sample.mel(10), true, arena));
      assertThat(e).hasMessageThat().isEqualTo("the speech has ended; open another stream");
    }
  }

  @Test
  void close_halfWayAndTwice_endsAllUse() {
    try (Arena arena = Arena.ofConfined()) {
      HiftStream stream = hift.stream(sample.noise());
      stream.add(sample.mel(12), false, arena);
      stream.close();
      stream.close();

      var e =
          assertThrows(IllegalStateException.class, () -> stream.add(sample.mel(10), true, arena));
      assertThat(e).hasMessageThat().isEqualTo("the speech has been closed; open another stream");
    }
  }

  @Test
  void add_moreThanTheNoiseLastsFor_isRefusedAndChangesNothing() {
    SourceNoise noise = noise(16);
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(noise)) {
      stream.add(sample.mel(11), false, arena);
      var e = assertThrows(BadInputException.class, () -> stream.add(sample.mel(6), true, arena));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              "nsf_sine_waves is F32 [1, 7680, 9]; a mel of this length takes F32 [1, S, 9]"
                  + " with S of 8160 or more");

      assertThat(stream.add(sample.mel(5), true, arena).elements()).isEqualTo(13 * 480);
    }
  }

  @Test
  void add_melOfOtherBins_isRefused() {
    Tensor mel = RandomWeights.random(1, 1, 1, 79, 20);
    try (Arena arena = Arena.ofConfined();
        HiftStream stream = hift.stream(sample.noise())) {
      var e = assertThrows(BadInputException.class, () -> stream.add(mel, false, arena));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              "the mel is F32 [1, 79, 20]; the vocoder takes F32 [1, 80, T] with T of 0 or more");
    }
  }

  @Test
  void stream_initialPhasesOfAnotherModel_areRefused() {
    SourceNoise noise =
        new SourceNoise(RandomWeights.random(1, 1, 1, 8), wave(1), Optional.empty());

    var e = assertThrows(BadInputException.class, () -> hift.stream(noise));
    assertThat(e).hasMessageThat().contains("nsf_rand_ini is F32 [1, 8]");
  }

  /** Looks like the sample's mel: its frames over and over, each a little different. */
  private static Tensor mel(int frames) {
    long length = sample.mel().shape().dim(2);
    Tensor change = RandomWeights.random(frames, 0.3, 1, 80, frames);
    float[] values = new float[80 * frames];
    for (int i = 0; i < values.length; i++) {
      long from = i / frames * length + i % frames % length;
      values[i] = sample.mel().getFloat(from) + change.getFloat(i);
    }
    return Tensor.ofFloats(Shape.of(1, 80, frames), values);
  }

  private static SourceNoise noise(int frames) {
    return SourceNoise.of(sample.noise().randIni(), wave(frames));
  }

  private static Tensor wave(int frames) {
    return RandomWeights.random(7, 1, 1, (long) frames * SAMPLES_PER_FRAME, 9);
  }

  /** Relative L2 of what is new against the end of all. */
  private static double difference(Tensor fresh, Tensor all, long offset) {
    double difference = 0;
    double size = 0;
    for (long i = 0; i < fresh.elements(); i++) {
      double expected = all.getFloat(offset + i);
      difference += Math.pow(fresh.getFloat(i) - expected, 2);
      size += expected * expected;
    }
    return size == 0 ? difference : Math.sqrt(difference / size);
  }
}
