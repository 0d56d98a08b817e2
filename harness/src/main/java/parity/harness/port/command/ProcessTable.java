package parity.harness.port.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The processes of the system, each looked at once. {@link ProcessHandle#descendants()} takes time
 * that grows with the square of their number, in which processes that start others are gone again.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /** Places in {@code /proc/N/stat} behind the name; see proc_pid_stat(5). */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int START = 19;

  /**
   * A process.
   *
   * @param started when it was started, in units of the system; no other with its number has it
   * @param group number of its process group; 0 where that is not known
   * @param ended whether it does nothing any more, and only waits to be buried
   */
  record Entry(long number, long started, long parent, long group, boolean ended) {
    Identity identity() {
      return new Identity(number, started);
    }
  }

  /** What stays the same from one look to the next. */
  record Identity(long number, long started) {}

  private final List<Entry> entries;

  private ProcessTable(List<Entry> entries) {
    this.entries = entries;
  }

  /** Looks at all processes; not at one moment, as no system allows that. */
  static ProcessTable read() {
    return new ProcessTable(Files.isReadable(PROC.resolve("self/stat")) ? linux() : others());
  }

  private static List<Entry> linux() {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[0-9]*")) {
      numbers.forEach(folder -> entry(folder).ifPresent(entries::add));
    } catch (IOException | DirectoryIteratorException e) {
      return others();
    }
    return entries;
  }

  /** Nothing if it is gone. */
  private static Optional<Entry> entry(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      // A name may have anything in it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return Optional.of(
          new Entry(
              Long.parseLong(folder.getFileName().toString()),
              Long.parseLong(fields[START]),
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[GROUP]),
              fields[STATE].equals("Z") || fields[STATE].equals("X")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Entry> others() {
    return ProcessHandle.allProcesses()
        .map(process ->
            new Entry(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
                process.parent().map(ProcessHandle::pid).orElse(0L),
                0,
                !process.isAlive()))
        .toList();
  }

  /** One process, if it is there. */
  Optional<Entry> find(long number) {
    return entries.stream().filter(entry -> entry.number() == number).findFirst();
  }

  /** Those that descend from any of some, without these. */
  List<Entry> descendants(List<Long> ancestors) {
    Map<Long, List<Entry>> children =
        entries.stream().collect(Collectors.groupingBy(Entry::parent));
    List<Entry> found = new ArrayList<>();
    Deque<Long> left = new ArrayDeque<>(ancestors);
    while (!left.isEmpty()) {
      // Taken out, as a number that was given anew meanwhile can make a circle of parents.
      List<Entry> next = children.remove(left.remove());
      if (next != null) {
        found.addAll(next);
        next.forEach(entry -> left.add(entry.number()));
      }
    }
    return found;
  }
}
