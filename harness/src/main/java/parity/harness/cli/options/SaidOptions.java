package parity.harness.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parity.cosyvoice.synthesis.SpeechRequest.Content;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.RegularFile;
import picocli.CommandLine.Option;

/** What is said. */
public final class SaidOptions {
  /** Far more than anybody reads aloud; the file may be a pipe, which has no size. */
  private static final int MAX_BYTES = 1 << 24;

  @Option(names = "--text", paramLabel = "TEXT", description = "The text to speak.")
  private @Nullable String text;

  @Option(
      names = "--text-file",
      paramLabel = "FILE",
      description = "File with the text in UTF-8; - is standard input.")
  private @Nullable Path textFile;

  @Option(
      names = "--instruct",
      paramLabel = "TEXT",
      description = "How to speak it: 'Please say a sentence as loudly as possible.'")
  private @Nullable String instruction;

  @Option(
      names = "--cross-lingual",
      description =
          "The text is in another language than the recording. The words of the recording are not"
              + " used.")
  private boolean crossLingual;

  @Option(
      names = "--source-wav",
      paramLabel = "WAV",
      description =
          "Speak what this recording says, in the voice of --prompt-wav. No text is needed.")
  private @Nullable Path sourceWav;

  @Option(
      names = "--no-text-frontend",
      description = "Speak the text as it is: do not normalise it, do not split it into segments.")
  private boolean noTextFrontend;

  /** Whether the text is normalised and cut in segments. */
  public boolean textFrontend() {
    return !noTextFrontend;
  }

  /**
   * What is said.
   *
   * @param optional whether it may be nothing
   */
  public Optional<Content> content(boolean optional) {
    List<Object> given =
        Stream.<@Nullable Object>of(text, textFile, sourceWav).filter(Objects::nonNull).toList();
    if (given.isEmpty() && optional) {
      return Optional.empty();
    }
    if (given.size() != 1) {
      throw new BadInputException(
          "%s: give one of --text, --text-file and --source-wav"
              .formatted(given.isEmpty() ? "nothing to say" : "too much to say"));
    }
    long ways =
        Stream.of(crossLingual, instruction != null, sourceWav != null).filter(way -> way).count();
    if (ways > 1) {
      throw new BadInputException(
          "--cross-lingual, --instruct and --source-wav are three ways of speaking; give one of them");
    }
    return Optional.of(sourceWav != null ? new Content.VoiceConversion(sourceWav) : spoken());
  }

  private Content spoken() {
    String words = textFile != null ? read(textFile) : Objects.requireNonNull(text);
    if (instruction != null) {
      return new Content.Instruct2(words, instruction);
    }
    return crossLingual ? new Content.CrossLingual(words) : new Content.ZeroShot(words);
  }

  private static String read(Path file) {
    boolean standardInput = file.toString().equals("-");
    try {
      ByteBuffer text = ByteBuffer.wrap(Text.withoutMark(bytes(file, standardInput)));
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new BadInputException(file + ": not UTF-8; save the text as UTF-8", e);
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be read (%s); give --text-file a file, or - for standard input"
              .formatted(file, Text.reason(e)),
          e);
    }
  }

  private static byte[] bytes(Path file, boolean standardInput) throws IOException {
    if (standardInput) {
      return RegularFile.bytes(file, System.in, MAX_BYTES);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return RegularFile.bytes(file, in, MAX_BYTES);
    }
  }
}
