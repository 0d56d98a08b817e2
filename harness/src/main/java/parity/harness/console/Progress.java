package parity.harness.console;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a stage is: a bar on a terminal, nothing anywhere else. */
public interface Progress extends AutoCloseable {
  /** Says how many steps there are in all. */
  void total(long steps);

  /** One more step is done. */
  void step();

  @Override
  void close();

  /** A bar on standard error if both streams go to a terminal. */
  static Progress of(String task) {
    return of(task, " tensors");
  }

  /**
   * As {@link #of(String)}.
   *
   * @param unit what a step is one of, after a blank
   */
  static Progress of(String task, String unit) {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? new Bar(task, unit)
        : new Silent();
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
    private final ProgressBar bar;

    Bar(String task, String unit) {
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setUnit(unit, 1)
              .setStyle(ProgressBarStyle.ASCII)
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
}
