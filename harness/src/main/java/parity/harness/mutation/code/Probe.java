package parity.harness.mutation.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.Collectors;

/** Notes which places of our code a process reaches; classes that were changed for it call it. */
public final class Probe {
  /** The property that names the file that gets the numbers of the places, a line each. */
  static final String FILE = "parity.probe";

  private static final BitSet REACHED = new BitSet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Probe::write));
  }

  private Probe() {}

  /** The process was there. */
  public static void hit(int place) {
    if (!REACHED.get(place)) { // most often it was
      synchronized (REACHED) {
        REACHED.set(place);
      }
    }
  }

  private static void write() {
    String file = System.getProperty(FILE);
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file),
          REACHED.stream().mapToObj(Integer::toString).collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
