package parity.cosyvoice.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.Abandoned;

/**
 * ONNX Runtime, loaded once. It says nothing on its own: what it refuses comes as an exception, and
 * its warnings are about graphs that nobody but their builder here can change.
 *
 * <p>Its own loader leaves its libraries in the temporary folder when the process is killed, and an
 * empty folder when it is not. Here they are unpacked, loaded, and removed at once, which a system
 * allows that keeps an open file until it is closed.
 */
final class OnnxRuntime {
  private static final String FOLDER = "parity-onnxruntime-";
  private static final Pattern ABANDONED = Pattern.compile(FOLDER + "(\\d{1,18})-.*");
  private static final String NATIVE_PATH = "onnxruntime.native.path";
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  /** Loaded when it is first asked for. */
  private static @Nullable OrtEnvironment environment;

  private OnnxRuntime() {}

  /**
   * The engine.
   *
   * @throws BadInputException if its libraries cannot be unpacked
   */
  static synchronized OrtEnvironment environment() {
    OrtEnvironment known = environment;
    if (known == null) {
      known = load();
      environment = known;
    }
    return known;
  }

  private static OrtEnvironment load() {
    if (System.getProperty(NATIVE_PATH) != null || libraries().isEmpty()) {
      return opened();
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    removeAbandoned(temporary);
    try {
      Path folder =
          Files.createTempDirectory(temporary, FOLDER + ProcessHandle.current().pid() + "-");
      try {
        for (String library : libraries()) {
          unpack(library, folder);
        }
        Set<Path> before = theirs(temporary);
        System.setProperty(NATIVE_PATH, folder.toString());
        OrtEnvironment opened = opened();
        for (Path made : theirs(temporary)) {
          if (!before.contains(made)) {
            removeIfEmpty(made);
          }
        }
        return opened;
      } finally {
        System.clearProperty(NATIVE_PATH);
        remove(folder);
      }
    } catch (IOException e) {
      throw new BadInputException(
          "%s: ONNX Runtime's libraries cannot be unpacked there (%s); make room for some 30 MB, or give another temporary folder with -Djava.io.tmpdir=DIR"
              .formatted(temporary, Text.reason(e)),
          e);
    }
  }

  /** Its own loader makes a temporary folder, whatever it does with it. */
  private static OrtEnvironment opened() {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "parity");
    } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
      throw new BadInputException(
          "%s: ONNX Runtime cannot be loaded by way of this temporary folder (%s); make room for some 30 MB, or give another with -Djava.io.tmpdir=DIR"
              .formatted(System.getProperty("java.io.tmpdir"), cause(e)),
          e);
    }
  }

  private static String cause(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return Text.oneLine(String.valueOf(last.getMessage()));
  }

  /** Where the libraries for this machine stand in its jar; empty if it has another way. */
  private static List<String> libraries() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (!name.startsWith("linux")) {
      return List.of();
    }
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
    List<String> paths =
        LIBRARIES.stream()
            .map(library ->
                "/ai/onnxruntime/native/linux-%s/%s"
                    .formatted(arch, System.mapLibraryName(library)))
            .toList();
    boolean all = paths.stream().allMatch(path -> OrtEnvironment.class.getResource(path) != null);
    return all ? paths : List.of();
  }

  private static void unpack(String library, Path folder) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OrtEnvironment.class.getResourceAsStream(library))) {
      Files.copy(in, folder.resolve(library.substring(library.lastIndexOf('/') + 1)));
    }
  }

  /** Folders of its own loader, which makes one that it does not use. */
  private static Set<Path> theirs(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(folder -> folder.getFileName().toString().startsWith("onnxruntime-java"))
          .collect(Collectors.toSet());
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Another process's.
    }
  }

  private static void removeAbandoned(Path temporary) {
    try (Stream<Path> all = Files.list(temporary)) {
      for (Path folder : all.filter(folder -> Abandoned.is(ABANDONED, folder)).toList()) {
        remove(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      // Whoever left them may be somebody else.
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
