package parity.harness.console;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a stage is: a bar on a terminal, nothing anywhere else. */
public interface Progress extends AutoCloseable {
  /** Says how many steps there are in all. */
  void total(long steps);

  /** One more step is done. */
  void step();

  @Override
  void close();

  /** A bar in the status line of a screen, if it has one; a step is one tensor. */
  static Progress of(String task, Screen screen) {
    return of(task, " tensors", screen);
  }

  /**
   * As {@link #of(String, Screen)}.
   *
   * @param unit what a step is one of, after a blank
   */
  static Progress of(String task, String unit, Screen screen) {
    return screen.hasStatus() ? new Bar(task, unit, screen, Bar.EVERY_MILLIS) : new Silent();
  }

  /** For logs and tests. */
  final class Silent implements Progress {
    @Override
    public void total(long steps) {}

    @Override
    public void step() {}

    @Override
    public void close() {}
  }

  /** Count, share, and time left. */
  final class Bar implements Progress {
    private static final int EVERY_MILLIS = 500;

    private final ProgressBar bar;

    Bar(String task, String unit, Screen screen, int everyMillis) {
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(unit, 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(everyMillis)
              .setConsumer(new StatusLine(screen))
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void total(long steps) {
      bar.maxHint(steps);
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** Where the library's bar is drawn. */
  record StatusLine(Screen screen) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return screen.statusColumns();
    }

    @Override
    public void accept(String bar) {
      screen.status(bar);
    }

    @Override
    public void clear() {
      screen.clear();
    }

    @Override
    public void close() {}
  }
}
