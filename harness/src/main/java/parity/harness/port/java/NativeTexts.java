package parity.harness.port.java;

import java.util.List;
import java.util.Optional;
import parity.compare.verdict.TextDifference;
import parity.cosyvoice.text.TextFrontend;
import parity.harness.capture.Mode;
import parity.harness.capture.SpokenTexts;
import parity.harness.plan.TextPlan;
import parity.harness.port.Answers;

/**
 * What Java makes of a capture's texts, as upstream's {@code inference_*} of the mode does
 * (cli/cosyvoice.py).
 *
 * @param prompt the prompt's text as the language model reads it
 * @param segments of the text to speak
 * @param said what upstream made of them
 */
record NativeTexts(String prompt, List<String> segments, SpokenTexts said) {
  static NativeTexts normalise(TextFrontend frontend, SpokenTexts said, Mode mode) {
    return new NativeTexts(
        switch (mode) {
          case ZERO_SHOT -> frontend.textNormalize(said.prompt(), false).getFirst();
          case INSTRUCT2 -> said.prompt();
          case CROSS_LINGUAL, VC -> "";
        },
        frontend.textNormalize(said.tts(), true),
        said);
  }

  /** The segment that was spoken; nothing if there is none of that index. */
  Optional<String> segment() {
    return said.index() < segments.size()
        ? Optional.of(segments.get(said.index()))
        : Optional.empty();
  }

  /** Answers with all texts; segments that Python does not have are noted. */
  void answer(Answers answers) {
    answers.text(SpokenTexts.PROMPT, prompt);
    int expected = said.segments().map(List::size).orElse(0);
    for (int i = 0; i < segments.size(); i++) {
      String name = TextPlan.segment(i);
      if (i < expected) {
        answers.text(name, segments.get(i));
      } else if (said.segments().isPresent()) {
        answers.unexpected(name, TextDifference.info(segments.get(i)));
      }
    }
    segment().ifPresent(spoken -> answers.text(SpokenTexts.SEGMENT, spoken));
  }
}
