package parity.harness.result;

/**
 * The name of a stage. Which stages there are, and in what order they run, is said by the registry
 * of stages; a report may hold others.
 *
 * @param label as options and {@code report.json} spell it
 * @param log name of the stage's log
 */
public record StageName(String label, String log) {
  /** Texts and their ids. */
  public static final StageName TEXT = new StageName("text", "check_text.log");

  /** Recordings to spectra, tokens and speaker. */
  public static final StageName FRONTEND = new StageName("frontend", "check_frontend.log");

  /** The language model. */
  public static final StageName LLM = new StageName("llm", "test_llm.log");

  /** Speech tokens to mel. */
  public static final StageName FLOW = new StageName("flow", "test_flow.log");

  /** Mel to waveform. */
  public static final StageName HIFT = new StageName("hift", "test_hift.log");

  /** Text and recording to waveform. */
  public static final StageName END_TO_END = new StageName("end_to_end", "test_end_to_end.log");

  @Override
  public String toString() {
    return label;
  }
}
