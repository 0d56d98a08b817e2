package parity.harness.result;

import java.util.Locale;

/** The stages in the order in which they run. */
public enum StageName {
  TEXT("check_text.log"),
  FRONTEND("check_frontend.log"),
  LLM("test_llm.log"),
  FLOW("test_flow.log"),
  HIFT("test_hift.log"),
  END_TO_END("test_end_to_end.log");

  private final String log;

  StageName(String log) {
    this.log = log;
  }

  /** As options and {@code report.json} spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the stage's log. */
  public String log() {
    return log;
  }

  @Override
  public String toString() {
    return label();
  }
}
