package parity.harness.mutation.code;

/**
 * A place in our code where a fault fits.
 *
 * @param className with dots
 * @param method its name and descriptor
 * @param line of the source
 * @param at which instruction of the method
 * @param fault what is put there
 */
public record CodeSite(String className, String method, int line, int at, Fault fault) {
  /** What can be wrong with an instruction. */
  public enum Fault {
    /** A number is another: a little larger, or one more. */
    CONSTANT,
    /** A branch is taken where it was not, and the other way round. */
    BRANCH,
    /** A comparison takes the equal to the other side. */
    BOUNDARY,
    /** Plus is minus, times is divided by, and is or. */
    OPERATOR
  }

  /** The class file, as a jar names it. */
  String file() {
    return className.replace('.', '/') + ".class";
  }

  @Override
  public String toString() {
    String name = className.substring(className.lastIndexOf('.') + 1);
    return "%s in %s.%s, line %d".formatted(fault, name, method.replaceFirst("\\(.*", ""), line);
  }
}
