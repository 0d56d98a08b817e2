package parity.harness.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.run.ProjectHome;
import parity.harness.speak.SpeakRequest.VoiceSource;
import picocli.CommandLine.Option;

/** Whose voice. */
final class VoiceOptions {
  private static final String SAMPLE_SAYS = "The quick brown fox jumps.";

  @Option(
      names = "--prompt-wav",
      paramLabel = "WAV",
      description =
          "Recording of the voice, WAV or FLAC, up to 30 s (default with the sample model: the"
              + " sample's).")
  private @Nullable Path promptWav;

  @Option(
      names = "--prompt-text",
      paramLabel = "TEXT",
      description =
          "What is said in it; not needed with --cross-lingual, --instruct or --source-wav. The system"
              + " prompt may be left out.")
  private @Nullable String promptText;

  @Option(
      names = "--voice",
      paramLabel = "FILE",
      description = "A voice that was saved, in place of a recording.")
  private @Nullable Path saved;

  @Option(
      names = "--save-voice",
      paramLabel = "FILE",
      description = "Keep the voice in a file; without a text nothing is spoken.")
  private @Nullable Path saveTo;

  boolean savesVoice() {
    return saveTo != null;
  }

  /**
   * Where the voice comes from.
   *
   * @param sample whether the sample speaks, which has a recording
   */
  VoiceSource source(boolean sample) {
    boolean ofSample = sample && promptWav == null && saved == null;
    Path recording = ofSample ? ProjectHome.find().sampleWav() : promptWav;
    String text = ofSample && promptText == null ? SAMPLE_SAYS : promptText;
    return new VoiceSource(
        Optional.ofNullable(recording),
        Optional.ofNullable(saved),
        Optional.ofNullable(text),
        Optional.ofNullable(saveTo));
  }
}
