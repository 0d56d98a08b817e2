package parity.harness.stage;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made when it is asked for first, and kept. */
final class Once<T> implements Supplier<T> {
  private final Supplier<? extends T> make;
  private @Nullable T made;

  Once(Supplier<? extends T> make) {
    this.make = make;
  }

  @Override
  public T get() {
    if (made == null) {
      made = make.get();
    }
    return made;
  }
}
