package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
import parity.harness.regime.Family.Source;
import parity.harness.result.StageName;
import parity.tensors.DType;

/** What upstream does with recordings. */
final class FrontendRegimes {
  /** Rates at which recordings are heard: by the tokenizer and the speaker net, and as mel. */
  private static final List<Integer> HEARD_AT = List.of(16_000, 24_000);

  /** Seconds; upstream takes 30. */
  private static final int LONG = 25;

  private FrontendRegimes() {}

  /** A recording, by what the capture says of its file. */
  private record Recording(int rate, int channels, int frames) {
    static Optional<Recording> of(Source source, String name) {
      return source
          .number(name + "_rate")
          .flatMap(rate ->
              source
                  .number(name + "_channels")
                  .flatMap(channels ->
                      source
                          .number(name + "_frames")
                          .map(frames -> new Recording(rate, channels, frames))));
    }

    boolean isLong() {
      return frames > (long) LONG * rate;
    }
  }

  /**
   * The prompt as it was heard.
   *
   * @param tokens speech tokens, before they are cut
   * @param frames mel frames, before they are cut
   */
  private record Prompt(long tokens, long frames) {
    /** Of which nothing is cut, and nothing would have to be. */
    static final Prompt UNCUT = new Prompt(0, 0);

    long kept() {
      return Math.min(frames / 2, tokens);
    }
  }

  static List<Family<?>> families() {
    return List.of(
        new Family<>(
            StageName.FRONTEND,
            "metadata prompt_wav_rate, prompt_wav_channels, prompt_wav_frames; source_wav_...",
            FrontendRegimes::recordings,
            List.of(
                recordings(
                    "recording of one channel",
                    "utils/file_utils.py:46",
                    "a recording with one channel",
                    recording -> recording.channels == 1),
                recordings(
                    "recording of several channels",
                    "utils/file_utils.py:46",
                    "a recording with two channels that differ",
                    recording -> recording.channels > 1),
                recordings(
                    "resampled down",
                    "utils/file_utils.py:49",
                    "a recording of more than 16 kHz",
                    recording -> HEARD_AT.stream().anyMatch(rate -> recording.rate > rate)),
                recordings(
                    "resampled up",
                    "utils/file_utils.py:49",
                    "a recording of less than 24 kHz",
                    recording -> HEARD_AT.stream().anyMatch(rate -> recording.rate < rate)),
                recordings(
                    "not resampled",
                    "utils/file_utils.py:47",
                    "a recording of 16 or 24 kHz",
                    recording -> HEARD_AT.contains(recording.rate)),
                recordings(
                    "recording of over 25 s",
                    "cli/frontend.py:97",
                    "one of 25 to 30 s",
                    Recording::isLong))),
        new Family<>(
            StageName.FRONTEND,
            "speech_tokens and speech_feat of frontend_artifacts",
            FrontendRegimes::prompt,
            List.of(
                new Regime<>(
                    "prompt's tokens cut to its mel",
                    "cli/frontend.py:178",
                    "a prompt of an odd number of mel frames",
                    prompt -> prompt.tokens - prompt.kept()),
                new Regime<>(
                    "prompt's mel cut to its tokens",
                    "cli/frontend.py:177",
                    "a prompt of an odd number of mel frames",
                    prompt -> prompt.frames - 2 * prompt.kept()),
                new Regime<>(
                    "prompt's mel and tokens that fit",
                    "cli/frontend.py:176",
                    "a prompt of a whole number of 40 ms",
                    prompt ->
                        prompt.tokens > 0
                                && prompt.tokens == prompt.kept()
                                && prompt.frames == 2 * prompt.kept()
                            ? 1
                            : 0))),
        ModeRegimes.family(StageName.FRONTEND, Mode.VC));
  }

  private static Regime<List<Recording>> recordings(
      String name, String upstream, String howTo, Predicate<Recording> is) {
    return new Regime<>(
        name, upstream, howTo, recordings -> recordings.stream().filter(is).count());
  }

  private static Optional<List<Recording>> recordings(Source source) {
    List<Recording> recordings =
        Stream.of("prompt_wav", "source_wav")
            .flatMap(name -> Recording.of(source, name).stream())
            .toList();
    return recordings.isEmpty() ? Optional.empty() : Optional.of(recordings);
  }

  /** Voice conversion cuts nothing, and its prompt fits nothing. */
  private static Optional<Prompt> prompt(Source source) {
    if (source.mode() == Mode.VC) {
      return Optional.of(Prompt.UNCUT);
    }
    return source
        .capture()
        .frontend()
        .map(Captured::new)
        .map(front ->
            new Prompt(
                front.get(TensorNames.SPEECH_TOKENS, DType.I32, 1, Captured.ANY).elements(),
                front
                    .get(TensorNames.SPEECH_FEAT, DType.F32, 1, Captured.ANY, Captured.ANY)
                    .shape()
                    .dim(1)));
  }
}
