package parity.harness.port.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  private static final Semaphore ONE_COMMAND = new Semaphore(1);

  private final boolean adoptedBefore;
  private final Set<ProcessHandle> before;

  /** Where none is adopted, they are lost with their parents. */
  private final Set<ProcessHandle> seen = new HashSet<>();

  private Optional<Process> command = Optional.empty();
  private boolean over;

  private Descendants() {
    this.adoptedBefore = Adoption.adopt(true);
    this.before = ProcessHandle.current().descendants().collect(Collectors.toSet());
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
   * What a look at the processes found.
   *
   * @param all those that are alive, and those that had just ended
   * @param alive those that are alive
   */
  private record Look(Set<ProcessHandle> all, Set<ProcessHandle> alive) {
    boolean none() {
      return all.isEmpty();
    }
  }

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
    found().all().stream().filter(process -> !isCommand(process)).forEach(Adoption::bury);
  }

  /** Kills all of them, and what they start meanwhile, until none is left or the grace is over. */
  synchronized End end() {
    over = true;
    Set<ProcessHandle> ended = new HashSet<>();
    boolean interrupted = Thread.interrupted();
    try {
      long start = System.nanoTime();
      // What has ended by itself was not left running.
      look();
      for (int nothing = 0; nothing < LOOKS; ) {
        Look look = found();
        Set<ProcessHandle> alive = look.alive();
        Adoption.killGroups(look.all());
        nothing = look.none() ? nothing + 1 : 0;
        if (System.nanoTime() - start > GRACE && !look.none()) {
          List<Long> left = alive.stream().map(ProcessHandle::pid).sorted().toList();
          return new End(ended.size(), left, false);
        }
        alive.forEach(ProcessHandle::destroyForcibly);
        ended.addAll(look.all());
        look.all().stream().filter(process -> !isCommand(process)).forEach(Adoption::bury);
        LockSupport.parkNanos(PAUSE);
      }
      return new End(ended.size(), List.of(), true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * By one look at the processes of the system, however many there are: some processes start others
   * faster than they could be looked at one by one.
   */
  private Look found() {
    Set<ProcessHandle> found =
        ProcessHandle.current().descendants().collect(Collectors.toCollection(HashSet::new));
    found.removeAll(before);
    before.stream().flatMap(ProcessHandle::descendants).forEach(found::remove);
    if (!Adoption.IS_POSSIBLE) {
      seen.removeIf(process -> !process.isAlive());
      seen.stream().flatMap(ProcessHandle::descendants).forEach(found::add);
      found.addAll(seen);
      seen.addAll(found);
    }
    found.removeIf(process -> isCommand(process) && !process.isAlive());
    Set<ProcessHandle> alive = new HashSet<>(found);
    alive.removeIf(process -> !Adoption.isAlive(process));
    return new Look(found, alive);
  }

  private boolean isCommand(ProcessHandle process) {
    return command.map(Process::toHandle).filter(process::equals).isPresent();
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
