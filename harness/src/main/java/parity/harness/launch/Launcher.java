package parity.harness.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar} starts. It is compiled for Java 8, so that a Java too old for the program
 * says what is needed instead of an {@link UnsupportedClassVersionError}.
 */
public final class Launcher {
  /** The oldest Java that the other classes run on: {@code maven.compiler.release}. */
  static final int NEEDED = 25;

  /** The exit code of bad input, as the program has it. */
  private static final int BAD_INPUT = 3;

  private static final String MAIN = "parity.harness.Main";

  private Launcher() {}

  /** Starts the program by its name: its class cannot be loaded where Java is too old. */
  public static void main(String[] args) throws ReflectiveOperationException {
    String version = System.getProperty("java.specification.version", "");
    if (!isEnough(version)) {
      System.err.println(refusal(version, System.getProperty("java.home", "")));
      System.exit(BAD_INPUT);
    }
    try {
      Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error) {
        throw (Error) e.getCause();
      }
      throw e;
    }
  }

  /** Whether a specification version, such as 1.8, 17 or 25, is new enough. */
  static boolean isEnough(String version) {
    try {
      return Integer.parseInt(version) >= NEEDED;
    } catch (NumberFormatException e) {
      return false; // 1.8 and older
    }
  }

  static String refusal(String version, String home) {
    return "parity needs Java "
        + NEEDED
        + " or later, and this is "
        + version
        + " ("
        + home
        + "); set JAVA_HOME to a JDK "
        + NEEDED
        + " and run ./parity, or take its bin/java";
  }
}
