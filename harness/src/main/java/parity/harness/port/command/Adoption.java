package parity.harness.port.command;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * On Linux, a process whose parent has ended can be given to this one in place of the first of the
 * system ({@code prctl(2)}, {@code PR_SET_CHILD_SUBREAPER}). It is then among our descendants,
 * however it detached itself. Where that cannot be had, nothing here does anything.
 */
final class Adoption {
  private static final int SET_CHILD_SUBREAPER = 36;
  private static final int GET_CHILD_SUBREAPER = 37;
  private static final int WITHOUT_WAITING = 1;

  private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

  private static final Optional<MethodHandle> PRCTL =
      find(
          "prctl",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private static final Optional<MethodHandle> WAITPID =
      find(
          "waitpid",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  private static final Optional<MethodHandle> KILL =
      find(
          "kill",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /** Without {@code waitpid} nobody would bury what is adopted. */
  static final boolean IS_POSSIBLE = PRCTL.isPresent() && WAITPID.isPresent() && KILL.isPresent();

  private static final int SIGKILL = 9;

  private Adoption() {}

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> find(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    if (!LINUX) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find(name)
          .map(address -> linker.downcallHandle(address, descriptor, options));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return Optional.empty(); // A JVM that may call nothing native.
    }
  }

  /**
   * Begins or ends to adopt.
   *
   * @return whether it did so before
   */
  static boolean adopt(boolean wanted) {
    if (!IS_POSSIBLE) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment before = arena.allocate(ValueLayout.JAVA_INT);
      prctl(GET_CHILD_SUBREAPER, before.address());
      prctl(SET_CHILD_SUBREAPER, wanted ? 1 : 0);
      return before.get(ValueLayout.JAVA_INT, 0) != 0;
    }
  }

  /** An old kernel refuses, which leaves all as it was. */
  private static void prctl(int option, long value) {
    try {
      int _ = (int) PRCTL.orElseThrow().invokeExact(option, value, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of prctl throws nothing", e);
    }
  }

  /**
   * Buries a process if it is an adopted one and has ended. Never to be called for one that Java
   * started, as Java would wait for its exit code for ever.
   */
  static void bury(long number) {
    if (!IS_POSSIBLE) {
      return;
    }
    try {
      int _ =
          (int)
              WAITPID
                  .orElseThrow()
                  .invokeExact(Math.toIntExact(number), MemorySegment.NULL, WITHOUT_WAITING);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of waitpid throws nothing", e);
    }
  }

  /**
   * Kills a whole group of processes at once, and with it what its members start meanwhile: a chain
   * in which each starts the next and ends is never met one by one.
   */
  static void killGroup(long group) {
    if (!IS_POSSIBLE) {
      return;
    }
    try {
      int _ = (int) KILL.orElseThrow().invokeExact(Math.toIntExact(-group), SIGKILL);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of kill throws nothing", e);
    }
  }
}
