package parity.tensors.file;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files and folders in the making, whose names hold the number of the process that makes them. */
public final class Abandoned {
  private Abandoned() {}

  /**
   * Whether a file or folder is one of a process that is no longer alive.
   *
   * @param owned what such names look like; its first group is the number, of up to 18 digits
   */
  public static boolean is(Pattern owned, Path path) {
    Matcher name = owned.matcher(path.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).filter(ProcessHandle::isAlive).isEmpty();
  }
}
