package parity.harness.report.html;

import java.util.List;
import java.util.Locale;
import parity.compare.verdict.Status;

/**
 * A word that the page uses, explained in the page itself, because it opens from disk and without a
 * network.
 *
 * @param title as the heads of columns have it
 * @param says what it means, in plain words
 */
public record Word(String title, String says) {
  /** All of them, in the order in which the page explains them. */
  public static final List<Word> ALL =
      List.of(
          new Word("PASS", "The tensor was compared, and is within its limits."),
          new Word(
              "VACUOUS",
              "Within its limits, but constant or empty in Python, so a wrong port could have it too."
                  + " It proves nothing."),
          new Word("FAIL", "The tensor was compared, and is beyond a limit."),
          new Word(
              "INHERITED",
              "Beyond a limit in the whole run, but right when it is computed from Python's own"
                  + " inputs. The error comes from a module before it."),
          new Word(
              "NOT_COMPARED",
              "Expected and missing, or of another shape or type, or not expected at all. A run with"
                  + " such a tensor is not PASS."),
          new Word("SKIPPED", "Left out on purpose."),
          new Word(
              "First divergence",
              "The first module in the order of execution that is wrong on its own. \"module\": the"
                  + " module itself is wrong. \"glue\": all its parts are right, and what joins them"
                  + " is wrong."),
          new Word(
              "Alone",
              "The tensor computed from the inputs that its module had in Python, so that no earlier"
                  + " error counts."),
          new Word(
              "Sigma",
              "Size of the error in units of Python's own rounding error. Python's rounding error is"
                  + " known because the model ran in float64 too."),
          new Word(
              "Limit",
              "The largest sigma that is lawful for this kind of module. The shaded band of the"
                  + " charts ends there."),
          new Word(
              "Of limit",
              "The largest of all quantities that have a limit, divided by its limit. Above 1 is"
                  + " FAIL."),
          new Word(
              "Rel. error", "Root mean square of the error divided by that of Python's tensor."),
          new Word("Largest", "Largest absolute difference from Python."),
          new Word("Form", "Type and shape of Python's tensor."),
          new Word("Status", "What came of one tensor: one of the six words above."),
          new Word("Verdict", "What a stage comes to: the gravest of its tensors and controls."),
          new Word(
              "Stage",
              "A part of the model that is compared by itself: text, frontend, llm, flow, hift; and"
                  + " end_to_end, all of them in one go."),
          new Word(
              "Control",
              "A fault put in on purpose. If the comparison does not detect it, the verdict is"
                  + " MISTRUSTED."));

  /** Where the page explains it. */
  public String id() {
    return id(title);
  }

  /** Where the page explains a status. */
  public static String id(Status status) {
    return id(status.name());
  }

  /** Where the page explains a word. */
  public static String id(String title) {
    return "word-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }
}
