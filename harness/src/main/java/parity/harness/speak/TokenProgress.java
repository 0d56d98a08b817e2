package parity.harness.speak;

import java.io.Console;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.cosyvoice.synthesis.SpeechTimes;

/** How far speech is: a line on a terminal that changes, nothing anywhere else. */
final class TokenProgress implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;
  private static final double TOKENS_A_SECOND = 25;
  private static final String CLEAR = "\r\033[K";

  private final SpeechStream speech;
  private final Optional<Timer> timer;

  private TokenProgress(SpeechStream speech, Optional<Timer> timer) {
    this.speech = speech;
    this.timer = timer;
    timer.ifPresent(pulse -> pulse.schedule(task(), PERIOD_MILLIS, PERIOD_MILLIS));
  }

  static TokenProgress of(SpeechStream speech) {
    boolean watched = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new TokenProgress(
        speech, watched ? Optional.of(new Timer("progress", true)) : Optional.empty());
  }

  private TimerTask task() {
    return new TimerTask() {
      @Override
      public void run() {
        SpeechTimes times = speech.times();
        System.err.printf(
            "%s%d tokens, %.1f s of speech",
            CLEAR, times.tokens(), times.tokens() / TOKENS_A_SECOND);
        System.err.flush();
      }
    };
  }

  /** Makes room for another line. */
  void clear() {
    if (timer.isPresent()) {
      System.err.print(CLEAR);
      System.err.flush();
    }
  }

  @Override
  public void close() {
    timer.ifPresent(Timer::cancel);
    clear();
  }
}
