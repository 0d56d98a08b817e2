package parity.harness.cli.options;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parity.cosyvoice.audio.file.SoundWriter.Format;
import parity.harness.speak.SoundOutput.Target;
import parity.tensors.BadInputException;
import picocli.CommandLine.Option;

/** Where the sound goes. */
public final class SoundOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write the sound to FILE.wav or FILE.flac, or to standard output with -.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "wav (float32) or flac (24 bit) (default: by the name of the file; wav on standard output).")
  private @Nullable Format format;

  private final Supplier<OutputStream> standardOutput;

  public SoundOptions(Supplier<OutputStream> standardOutput) {
    this.standardOutput = standardOutput;
  }

  /** Whether standard output is for sound, so that nothing else may go there. */
  public boolean isPipe() {
    return out != null && out.toString().equals(STANDARD_OUTPUT);
  }

  /** What it is called. */
  public String name() {
    return out == null || isPipe() ? "standard output" : out.toString();
  }

  /** Where it goes, if anywhere. */
  public Optional<Target> target() {
    if (out == null) {
      return Optional.empty();
    }
    return Optional.of(
        isPipe()
            ? new Target.Pipe(standardOutput.get(), format != null ? format : Format.WAV)
            : new Target.File(out, format(out)));
  }

  private Format format(Path file) {
    if (format != null) {
      return format;
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".wav")) {
      return Format.WAV;
    }
    if (name.endsWith(".flac")) {
      return Format.FLAC;
    }
    throw new BadInputException(
        file + ": neither .wav nor .flac; call it so, or say --format wav or --format flac");
  }
}
