package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.harness.regime.Family.Source;
import parity.harness.result.StageName;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** What the vocoder makes of a mel. */
final class HiftRegimes {
  /** Where a magnitude is clipped (hifigan/generator.py:500), before its exponential. */
  private static final double CLIPPED = Math.log(1e2);

  private static final String VOICE = "a voice that is as high, and a model that hears it";

  private HiftRegimes() {}

  static List<Family<?>> families() {
    return List.of(
        new Family<>(
            StageName.HIFT,
            Pitch.TAP,
            Pitch::of,
            List.of(
                pitch("voiced frame", 316, "a voice", Pitch::voiced),
                pitch("unvoiced frame", 316, "a pause", Pitch::unvoiced),
                pitch("voice that begins", 308, "a pause", pitch -> pitch.changes(true)),
                pitch("voice that ends", 308, "a pause", pitch -> pitch.changes(false)),
                pitch(
                    "F0 just below the voiced threshold",
                    230,
                    "a longer text",
                    pitch -> pitch.between(pitch.threshold() / 2, pitch.threshold())),
                pitch(
                    "F0 just above the voiced threshold",
                    230,
                    "a longer text",
                    pitch -> pitch.between(pitch.threshold(), 2 * pitch.threshold())),
                pitch("F0 of 80 to 160 Hz", 239, VOICE, pitch -> pitch.between(80, 160)),
                pitch("F0 of 160 to 250 Hz", 239, VOICE, pitch -> pitch.between(160, 250)),
                pitch("F0 of 250 to 400 Hz", 239, VOICE, pitch -> pitch.between(250, 400)))),
        new Family<>(
            StageName.HIFT,
            "hift.f0_predictor.classifier",
            source -> source.callsInHift("hift.f0_predictor.classifier"),
            List.of(
                new Regime<>(
                    "negative F0 made positive",
                    "hifigan/f0_predictor.py:103",
                    "a longer text",
                    tensors -> Family.elements(tensors, value -> value < 0)))),
        new Family<>(
            StageName.HIFT,
            "hift.conv_post",
            Magnitudes::of,
            List.of(
                new Regime<>(
                    "magnitude clipped",
                    "hifigan/generator.py:500",
                    "a model and a text that are loud",
                    Magnitudes::clipped))),
        new Family<>(
            StageName.HIFT,
            TensorNames.AUDIO_OUTPUT,
            Audio::of,
            List.of(
                new Regime<>(
                    "sound clipped above",
                    "hifigan/generator.py:710",
                    "a model and a text that are loud",
                    Audio::clippedAbove),
                new Regime<>(
                    "sound clipped below",
                    "hifigan/generator.py:710",
                    "a model and a text that are loud",
                    Audio::clippedBelow))),
        new Family<>(
            StageName.HIFT,
            "speech_offset of chunks",
            Schedule::of,
            List.of(
                new Regime<>(
                    "sound that was heard before",
                    "cli/model.py:448",
                    "--streaming and a longer text",
                    Schedule::withSoundBefore))));
  }

  private static Regime<Pitch> pitch(
      String name, int line, String howTo, ToLongFunction<Pitch> counter) {
    return new Regime<>(name, "hifigan/generator.py:" + line, howTo, counter);
  }

  /**
   * Logarithms of magnitudes.
   *
   * @param calls float32 [1, bins and as many phases, frames]
   */
  private record Magnitudes(List<Tensor> calls, int bins) {
    static Optional<Magnitudes> of(Source source) {
      return source
          .callsInHift("hift.conv_post")
          .map(calls -> new Magnitudes(calls, source.config().hift().nFft() / 2 + 1));
    }

    long clipped() {
      long count = 0;
      for (Tensor call : calls) {
        long logarithms = call.elements() / (2L * bins) * bins;
        for (long i = 0; i < logarithms; i++) {
          count += call.getDouble(i) > CLIPPED ? 1 : 0;
        }
      }
      return count;
    }
  }

  /** The waveform. */
  private record Audio(Tensor samples, float limit) {
    static Optional<Audio> of(Source source) {
      return source
          .full()
          .map(full ->
              new Audio(
                  full.get(TensorNames.AUDIO_OUTPUT, DType.F32, 1, Captured.ANY),
                  (float) source.config().hift().audioLimit()));
    }

    long clippedAbove() {
      return Family.elements(List.of(samples), value -> value >= limit);
    }

    long clippedBelow() {
      return Family.elements(List.of(samples), value -> value <= -limit);
    }
  }
}
