package parity.harness.port.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All processes that a command leads to: those that descend from this one and did not before. One
 * that detached itself counts, by a session of its own or by a parent that has ended, as this
 * process adopts it. Whose descendants they are cannot be told apart, so there is one command at a
 * time, and nothing else may start processes meanwhile.
 */
final class Descendants implements AutoCloseable {
  /** Nanoseconds in which a process that was killed has to be gone. */
  private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  /** Looks at all processes are not of one moment, so nothing must be found so often. */
  private static final int LOOKS = 3;

  private static final long OURS = ProcessHandle.current().pid();

  private static final Semaphore ONE_COMMAND = new Semaphore(1);

  private final boolean adoptedBefore;
  private final Set<ProcessTable.Identity> before;

  /** Where none is adopted, they are lost with their parents. */
  private final Set<ProcessTable.Identity> seen = new HashSet<>();

  private Optional<Process> command = Optional.empty();
  private boolean over;

  private Descendants() {
    this.adoptedBefore = Adoption.adopt(true);
    this.before =
        ProcessTable.read().descendants(List.of(OURS)).stream()
            .map(ProcessTable.Entry::identity)
            .collect(Collectors.toSet());
  }

  /** Watches from now on; waits where another command is running. */
  static Descendants watch() {
    ONE_COMMAND.acquireUninterruptibly();
    return new Descendants();
  }

  /**
   * What came of ending them.
   *
   * @param ended how many were still there when the command had ended
   * @param left those that cannot be ended, by their numbers
   * @param quiet whether none appeared any more; some start others and end, faster than they can be
   *     ended
   */
  record End(int ended, List<Long> left, boolean quiet) {}

  /**
   * Starts the command.
   *
   * @throws IllegalStateException if all was ended before
   */
  synchronized Process start(ProcessBuilder builder) throws IOException {
    if (over) {
      throw new IllegalStateException("the command was ended before it began");
    }
    Process process = builder.start();
    command = Optional.of(process);
    return process;
  }

  /** Buries those that have ended, and where none is adopted takes note of the others. */
  synchronized void look() {
    bury(found(ProcessTable.read()));
  }

  /** Kills all of them, and what they start meanwhile, until none is left or the grace is over. */
  synchronized End end() {
    over = true;
    Set<ProcessTable.Identity> ended = new HashSet<>();
    boolean interrupted = Thread.interrupted();
    try {
      long start = System.nanoTime();
      // What has ended by itself was not left running.
      look();
      for (int nothing = 0; nothing < LOOKS; ) {
        ProcessTable table = ProcessTable.read();
        List<ProcessTable.Entry> found = found(table);
        nothing = found.isEmpty() ? nothing + 1 : 0;
        if (!found.isEmpty() && System.nanoTime() - start > GRACE) {
          List<Long> left =
              found.stream()
                  .filter(entry -> !entry.ended())
                  .map(ProcessTable.Entry::number)
                  .sorted()
                  .toList();
          return new End(ended.size(), left, false);
        }
        kill(found, table.find(OURS).map(ProcessTable.Entry::group).orElse(0L));
        found.forEach(entry -> ended.add(entry.identity()));
        bury(found);
        LockSupport.parkNanos(PAUSE);
      }
      return new End(ended.size(), List.of(), true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Groups first, also those of which only one that has ended is met. */
  private static void kill(List<ProcessTable.Entry> found, long ourGroup) {
    found.stream()
        .map(ProcessTable.Entry::group)
        .filter(group -> group > 1 && group != ourGroup)
        .distinct()
        .forEach(Adoption::killGroup);
    found.stream()
        .filter(entry -> !entry.ended())
        .forEach(
            entry -> ProcessHandle.of(entry.number()).ifPresent(ProcessHandle::destroyForcibly));
  }

  private void bury(List<ProcessTable.Entry> found) {
    found.stream()
        .map(ProcessTable.Entry::number)
        .filter(number -> !isCommand(number))
        .forEach(Adoption::bury);
  }

  private List<ProcessTable.Entry> found(ProcessTable table) {
    Map<Long, ProcessTable.Entry> found = byNumber(table.descendants(List.of(OURS)));
    List<Long> others =
        found.values().stream()
            .filter(entry -> before.contains(entry.identity()))
            .map(ProcessTable.Entry::number)
            .toList();
    found.keySet().removeAll(others);
    found.keySet().removeAll(byNumber(table.descendants(others)).keySet());
    if (!Adoption.IS_POSSIBLE) {
      List<ProcessTable.Entry> lost =
          seen.stream()
              .flatMap(each -> table.find(each.number()).stream())
              .filter(entry -> seen.contains(entry.identity()))
              .toList();
      found.putAll(byNumber(lost));
      found.putAll(byNumber(table.descendants(List.copyOf(found.keySet()))));
      seen.clear();
      found.values().forEach(entry -> seen.add(entry.identity()));
    }
    // Java buries the command itself.
    found.values().removeIf(entry -> isCommand(entry.number()) && entry.ended());
    return List.copyOf(found.values());
  }

  private static Map<Long, ProcessTable.Entry> byNumber(List<ProcessTable.Entry> entries) {
    return entries.stream()
        .collect(
            Collectors.toMap(
                ProcessTable.Entry::number, Function.identity(), (a, _) -> a, HashMap::new));
  }

  /** Its number may be given to another once Java has buried it. */
  private boolean isCommand(long number) {
    return command.filter(process -> process.pid() == number && process.isAlive()).isPresent();
  }

  /** Ends what is left, and watches no longer. */
  @Override
  public void close() {
    try {
      end();
      Adoption.adopt(adoptedBefore);
    } finally {
      ONE_COMMAND.release();
    }
  }
}
