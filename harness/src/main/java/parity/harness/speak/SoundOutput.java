package parity.harness.speak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import parity.cosyvoice.audio.file.SoundWriter;
import parity.harness.console.OnStop;
import parity.tensors.BadInputException;
import parity.tensors.file.PartFile;

/**
 * Where sound goes, piece by piece. A file is made beside its place and moved there when it is
 * whole; if that never happens, nothing of it stays.
 */
public final class SoundOutput implements AutoCloseable {
  /** Where sound is to go. */
  public sealed interface Target {
    /** How it is written. */
    SoundWriter.Format format();

    /** A file. */
    record File(Path path, SoundWriter.Format format) implements Target {}

    /** Whoever reads what this process prints. */
    record Pipe(OutputStream out, SoundWriter.Format format) implements Target {}
  }

  private final SoundWriter writer;
  private final Optional<PartFile> part;
  private final String name;
  private final OnStop ifStopped;
  private boolean finished;

  private SoundOutput(SoundWriter writer, Optional<PartFile> part, String name) {
    this.writer = writer;
    this.part = part;
    this.name = name;
    this.ifStopped = OnStop.of(this::stop);
  }

  /**
   * Begins.
   *
   * @throws BadInputException if nothing can be written there
   */
  static SoundOutput open(Target target, int sampleRate) {
    try {
      return switch (target) {
        case Target.Pipe pipe ->
            new SoundOutput(
                SoundWriter.toPipe(pipe.format(), pipe.out(), sampleRate),
                Optional.empty(),
                "standard output");
        case Target.File file -> toFile(file.path(), file.format(), sampleRate);
      };
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static SoundOutput toFile(Path path, SoundWriter.Format format, int sampleRate)
      throws IOException {
    if (Files.isDirectory(path)) {
      throw new BadInputException(path + ": is a folder; give -o a file, such as speech.wav in it");
    }
    PartFile part = PartFile.of(path);
    try {
      return new SoundOutput(
          SoundWriter.toFile(format, part.path(), sampleRate), Optional.of(part), path.toString());
    } catch (IOException e) {
      part.close();
      throw e;
    }
  }

  private static BadInputException unwritable(Object target, IOException e) {
    String place = target instanceof Target.File file ? file.path().toString() : "standard output";
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "%s: cannot be written (%s: %s); give -o a file in a folder that you may write to",
            place,
            e.getClass().getSimpleName().replace("Exception", ""),
            e.getMessage()),
        e);
  }

  /** Appends. */
  void write(float[] samples) {
    try {
      writer.write(samples);
    } catch (IOException e) {
      throw unwritable("the sound", e);
    }
  }

  /** Says that the sound is whole. */
  synchronized void finish() {
    try {
      writer.close();
      if (part.isPresent()) {
        part.get().publish();
      }
      finished = true;
    } catch (IOException e) {
      throw unwritable("the sound", e);
    }
  }

  private synchronized String stop() {
    if (finished) {
      return name + " is whole";
    }
    undo();
    return part.isPresent() ? "nothing was written to " + name : name + " has no end";
  }

  private void undo() {
    try {
      if (part.isPresent()) {
        part.get().close();
      }
    } catch (IOException e) {
      // The next one that writes there removes it.
    }
  }

  @Override
  public void close() {
    if (!finished) {
      try {
        writer.close();
      } catch (IOException e) {
        // Nobody will have the sound.
      }
      undo();
    }
    ifStopped.close();
  }
}
