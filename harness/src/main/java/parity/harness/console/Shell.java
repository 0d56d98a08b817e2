package parity.harness.console;

/** Words of a command line. */
public final class Shell {
  private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

  private Shell() {}

  /** As a shell takes it for one word. */
  public static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
