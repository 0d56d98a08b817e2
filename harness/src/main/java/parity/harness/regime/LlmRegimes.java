package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import parity.harness.capture.Captured;
import parity.harness.capture.TensorNames;
import parity.harness.regime.Family.Source;
import parity.harness.result.StageName;
import parity.tensors.DType;

/** What upstream does while it draws speech tokens. */
final class LlmRegimes {
  /** Which of a release's language models was captured. */
  private static final String FILE = "language_model";

  private LlmRegimes() {}

  static List<Family<?>> families() {
    return List.of(
        new Family<>(
            StageName.LLM,
            "size, prob, step, index and token of sampling",
            Draws::of,
            List.of(
                new Regime<>(
                    "nucleus cut by top_p",
                    "utils/common.py:153",
                    "a model that is sure of its token, at least now and then",
                    Draws::nucleusCutByTopP),
                new Regime<>(
                    "nucleus cut by top_k",
                    "utils/common.py:153",
                    "a model that is not sure of its token, at least now and then",
                    Draws::nucleusCutByTopK),
                new Regime<>(
                    "nucleus of one token",
                    "utils/common.py:153",
                    "a token of over 0.8",
                    Draws::nucleusOfOneToken),
                new Regime<>(
                    "repeated token drawn again from all",
                    "utils/common.py:143",
                    "a longer text",
                    Draws::drawnFromAll),
                new Regime<>(
                    "repetition at the window's end",
                    "utils/common.py:140",
                    "other seeds, a longer text",
                    Draws::repeatedAtTheWindowsEnd),
                new Regime<>(
                    "repetition beyond the window",
                    "utils/common.py:140",
                    "other seeds, a longer text",
                    Draws::repeatedBeyondTheWindow),
                new Regime<>(
                    "step below the least length",
                    "llm/llm.py:543",
                    "any text",
                    Draws::belowTheLeastLength),
                new Regime<>(
                    "step beyond the least length",
                    "llm/llm.py:543",
                    "a seed with which the model goes on",
                    Draws::beyondTheLeastLength),
                new Regime<>(
                    "end by the stop token",
                    "llm/llm.py:544",
                    "a seed with which the model draws it",
                    Draws::endedByTheStopToken),
                new Regime<>(
                    "end by another stop token",
                    "llm/llm.py:703",
                    "a seed with which the model draws one",
                    Draws::endedByAnotherStopToken),
                new Regime<>(
                    "end below the least length",
                    "llm/llm.py:544",
                    "a seed with which the model stops early",
                    Draws::endedBelowTheLeastLength),
                new Regime<>(
                    "end by the greatest length",
                    "llm/llm.py:538",
                    "a short text, and a seed with which the model does not stop",
                    Draws::endedByTheGreatestLength),
                new Regime<>(
                    "five silent tokens in a row",
                    "cli/model.py:124",
                    "other seeds, a longer text",
                    Draws::silentRunsOfFive),
                new Regime<>(
                    "silent token dropped",
                    "cli/model.py:125",
                    "other seeds, a longer text",
                    Draws::silentTokensDropped))),
        new Family<>(
            StageName.LLM,
            TensorNames.LLM_PROMPT_SPEECH_TOKEN,
            LlmRegimes::promptSpeech,
            List.of(
                new Regime<>(
                    "prompt's speech before the first token",
                    "llm/llm.py:491",
                    "--mode zero-shot",
                    tokens -> tokens > 0 ? 1 : 0),
                new Regime<>(
                    "no prompt's speech",
                    "llm/llm.py:493",
                    "--mode instruct2 or cross-lingual",
                    tokens -> tokens == 0 ? 1 : 0))),
        new Family<>(
            StageName.LLM,
            "metadata " + FILE,
            source -> Optional.ofNullable(source.capture().metadata().get(FILE)),
            List.of(
                file("llm.pt", "any model folder"),
                file("llm.rl.pt", "a model folder whose llm.pt is a link to its llm.rl.pt"))));
  }

  private static Regime<String> file(String file, String howTo) {
    return new Regime<>(
        "language model " + file, "cli/cosyvoice.py:213", howTo, is -> is.equals(file) ? 1 : 0);
  }

  private static Optional<Long> promptSpeech(Source source) {
    return source
        .full()
        .filter(full -> full.holds(TensorNames.LLM_PROMPT_SPEECH_TOKEN))
        .map(full ->
            full.get(TensorNames.LLM_PROMPT_SPEECH_TOKEN, DType.I32, 1, Captured.ANY).elements());
  }
}
