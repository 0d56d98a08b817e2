package parity.harness.result;

import java.util.Locale;

/** The stages in the order in which they run. */
public enum StageName {
  TEXT("check_text.log", "Compares the text frontend: normalised texts, segments, ids."),
  FRONTEND(
      "check_frontend.log",
      "Compares the frontend: audio, mel spectrograms, speech tokens, speaker embedding."),
  LLM("test_llm.log", "Compares the language model. Python's tokens are its input at each step."),
  FLOW("test_flow.log", "Compares the flow: tokens to mel."),
  HIFT(
      "test_hift.log",
      "Compares the vocoder: mel to waveform, and mel with Python's source to waveform."),
  END_TO_END(
      "test_end_to_end.log", "Compares all stages in one go: text and recording to waveform.");

  private final String log;
  private final String about;

  StageName(String log, String about) {
    this.log = log;
    this.about = about;
  }

  /** As options and {@code report.json} spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As the command line calls the verb of the stage. */
  public String verb() {
    return label().replace('_', '-');
  }

  /** What the stage compares, in one sentence. */
  public String about() {
    return about;
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
