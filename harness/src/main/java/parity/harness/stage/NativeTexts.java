package parity.harness.stage;

import java.util.List;
import java.util.Optional;
import parity.compare.verdict.TextDifference;
import parity.cosyvoice.text.TextFrontend;
import parity.harness.capture.Mode;
import parity.harness.capture.SpokenTexts;

/**
 * What Java makes of a capture's texts, as upstream's {@code inference_*} of the mode does
 * (cli/cosyvoice.py).
 *
 * @param prompt the prompt's text as the language model reads it
 * @param segments of the text to speak
 * @param said what upstream made of them
 */
record NativeTexts(String prompt, List<String> segments, SpokenTexts said) {
  private static final String SEGMENTS = "segments#";

  static NativeTexts of(TextFrontend frontend, SpokenTexts said, Mode mode) {
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

  void expect(Checks checks) {
    checks.expect(SpokenTexts.PROMPT, said.promptNormalized());
    said.segments()
        .ifPresent(expected -> {
          for (int i = 0; i < expected.size(); i++) {
            checks.expect(SEGMENTS + i, expected.get(i));
          }
          for (int i = expected.size(); i < segments.size(); i++) {
            checks.unexpected(SEGMENTS + i, TextDifference.info(segments.get(i)));
          }
        });
    checks.expect(SpokenTexts.SEGMENT, said.segment());
  }

  void compare(Checks checks) {
    checks.compare(SpokenTexts.PROMPT, said.promptNormalized(), prompt);
    List<String> expected = said.segments().orElse(List.of());
    for (int i = 0; i < Math.min(expected.size(), segments.size()); i++) {
      checks.compare(SEGMENTS + i, expected.get(i), segments.get(i));
    }
    segment().ifPresent(spoken -> checks.compare(SpokenTexts.SEGMENT, said.segment(), spoken));
  }
}
