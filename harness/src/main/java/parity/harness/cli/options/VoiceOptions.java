package parity.harness.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.run.ProjectHome;
import parity.harness.speak.SpeakRequest.VoiceSource;
import picocli.CommandLine.Option;

/** Whose voice. */
public final class VoiceOptions {
  private static final String SAMPLE_SAYS = "The quick brown fox jumps.";

  @Option(
      names = "--prompt-wav",
      paramLabel = "WAV",
      description =
          "Recording of the voice: WAV or FLAC, at most 30 s (default with the sample model: its own"
              + " recording).")
  private @Nullable Path promptWav;

  @Option(
      names = "--prompt-text",
      paramLabel = "TEXT",
      description =
          "What the recording says. Not needed with --cross-lingual, --instruct or --source-wav."
              + " Without <|endofprompt|> in it, the system prompt is put before it.")
  private @Nullable String promptText;

  @Option(
      names = "--voice",
      paramLabel = "FILE",
      description = "A saved voice, instead of a recording.")
  private @Nullable Path saved;

  @Option(
      names = "--save-voice",
      paramLabel = "FILE",
      description = "Save the voice to a file. Without a text, nothing is spoken.")
  private @Nullable Path saveTo;

  public boolean savesVoice() {
    return saveTo != null;
  }

  /**
   * Where the voice comes from.
   *
   * @param sample whether the sample speaks, which has a recording
   */
  public VoiceSource source(boolean sample) {
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
