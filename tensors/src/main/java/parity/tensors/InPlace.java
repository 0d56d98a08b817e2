package parity.tensors;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * Something that is read where it stands in files, which must stay as they are meanwhile.
 *
 * <p>A file that gets shorter under a mapping takes its pages with it. Java code that touches them
 * gets an {@link InternalError}; native code ends the process. So files are looked at before each
 * use. What cannot be seen to is a file that gets shorter in the middle of a use: to replace a file
 * that may be in use, write another beside it and rename that over it.
 */
@FunctionalInterface
public interface InPlace {
  /** Nothing that could change. */
  InPlace NOTHING = () -> {};

  /** All of these. */
  static InPlace of(Collection<? extends InPlace> all) {
    return () -> all.forEach(InPlace::requireUnchanged);
  }

  /**
   * Looks at the files.
   *
   * @throws BadInputException if one is no longer the file that was opened, or was written to
   */
  void requireUnchanged();

  /**
   * Does work that reads files where they stand, and looks at them before and after.
   *
   * @throws BadInputException if one changed, whatever the work made of it
   */
  static <T> T during(Collection<? extends InPlace> files, Supplier<T> work) {
    files.forEach(InPlace::requireUnchanged);
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      // What a changed file led to is no news; that it changed is.
      files.forEach(InPlace::requireUnchanged);
      throw e;
    }
    files.forEach(InPlace::requireUnchanged);
    return result;
  }
}
