package parity.harness.speak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import parity.cosyvoice.audio.file.SoundWriter;
import parity.tensors.BadInputException;

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

  /** Takes back what is unfinished. */
  @FunctionalInterface
  private interface Undo {
    void run() throws IOException;
  }

  private final SoundWriter writer;
  private final Undo finish;
  private final Undo undo;
  private final Thread ifStopped;
  private boolean finished;

  private SoundOutput(SoundWriter writer, Undo finish, Undo undo) {
    this.writer = writer;
    this.finish = finish;
    this.undo = undo;
    this.ifStopped = new Thread(this::undo, "takes back unfinished sound");
    Runtime.getRuntime().addShutdownHook(ifStopped);
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
                SoundWriter.toPipe(pipe.format(), pipe.out(), sampleRate), () -> {}, () -> {});
        case Target.File file -> toFile(file.path(), file.format(), sampleRate);
      };
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static SoundOutput toFile(Path path, SoundWriter.Format format, int sampleRate)
      throws IOException {
    Path absolute = path.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new BadInputException(path + ": is a folder; give -o a file, such as speech.wav in it");
    }
    Path part =
        absolute.resolveSibling(
            ".%s.%d.part".formatted(absolute.getFileName(), ProcessHandle.current().pid()));
    return new SoundOutput(
        SoundWriter.toFile(format, part, sampleRate),
        () ->
            Files.move(
                part,
                absolute,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING),
        () -> Files.deleteIfExists(part));
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
  void finish() {
    try {
      writer.close();
      finish.run();
      finished = true;
    } catch (IOException e) {
      throw unwritable("the sound", e);
    }
  }

  private void undo() {
    try {
      undo.run();
    } catch (IOException e) {
      // What cannot be removed is named as unfinished.
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
    try {
      Runtime.getRuntime().removeShutdownHook(ifStopped);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }
}
