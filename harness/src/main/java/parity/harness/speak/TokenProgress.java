package parity.harness.speak;

import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.cosyvoice.synthesis.SpeechTimes;
import parity.harness.console.Screen;

/** How far speech is: a line on a terminal that changes, nothing anywhere else. */
final class TokenProgress implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;
  private static final double TOKENS_A_SECOND = 25;

  private final SpeechStream speech;
  private final Screen screen;
  private final Optional<Timer> timer;
  private boolean closed;

  private TokenProgress(SpeechStream speech, Screen screen, Optional<Timer> timer) {
    this.speech = speech;
    this.screen = screen;
    this.timer = timer;
  }

  static TokenProgress of(SpeechStream speech, Screen screen) {
    return new TokenProgress(
        speech,
        screen,
        screen.hasStatus() ? Optional.of(new Timer("progress", true)) : Optional.empty());
  }

  /** From now on the line changes. */
  void start() {
    timer.ifPresent(pulse -> pulse.schedule(task(), PERIOD_MILLIS, PERIOD_MILLIS));
  }

  private TimerTask task() {
    return new TimerTask() {
      @Override
      public void run() {
        SpeechTimes times = speech.times();
        say(
            String.format(
                Locale.ROOT,
                "%d tokens, %.1f s of speech",
                times.tokens(),
                times.tokens() / TOKENS_A_SECOND));
      }
    };
  }

  /** The timer may still be at work when it is cancelled. */
  private synchronized void say(String text) {
    if (!closed) {
      screen.status(text);
    }
  }

  @Override
  public synchronized void close() {
    timer.ifPresent(Timer::cancel);
    closed = true;
    screen.clear();
  }
}
