package parity.harness.result;

/**
 * The name of a stage. Which stages there are, and in what order they run, is said by the registry
 * of stages; a report may hold others.
 *
 * @param label as options and {@code report.json} spell it
 * @param log name of the stage's log
 * @param about what the stage compares, in one sentence
 */
public record StageName(String label, String log, String about) {
  /** Texts and their ids. */
  public static final StageName TEXT =
      new StageName(
          "text", "check_text.log", "Compares the text frontend: normalised texts, segments, ids.");

  /** Recordings to spectra, tokens and speaker. */
  public static final StageName FRONTEND =
      new StageName(
          "frontend",
          "check_frontend.log",
          "Compares the frontend: audio, mel spectrograms, speech tokens, speaker embedding.");

  /** The language model. */
  public static final StageName LLM =
      new StageName(
          "llm",
          "test_llm.log",
          "Compares the language model. Python's tokens are its input at each step.");

  /** Speech tokens to mel. */
  public static final StageName FLOW =
      new StageName("flow", "test_flow.log", "Compares the flow: tokens to mel.");

  /** Mel to waveform. */
  public static final StageName HIFT =
      new StageName(
          "hift",
          "test_hift.log",
          "Compares the vocoder: mel to waveform, and mel with Python's source to waveform.");

  /** Text and recording to waveform. */
  public static final StageName END_TO_END =
      new StageName(
          "end_to_end",
          "test_end_to_end.log",
          "Compares all stages in one go: text and recording to waveform.");

  /** As the command line calls the verb of the stage. */
  public String verb() {
    return label.replace('_', '-');
  }

  @Override
  public String toString() {
    return label;
  }
}
