package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.Comparison;
import parity.compare.verdict.Control;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.cosyvoice.text.TextFrontend;
import parity.harness.capture.Capture;
import parity.harness.capture.Mode;
import parity.harness.capture.SpokenTexts;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.Text;

/**
 * The text frontend: what the texts are normalised to, how they are cut, and the ids of what is
 * spoken. Where upstream had a normaliser, what that made of the texts is fed, and only the ids are
 * compared.
 */
final class TextStage implements Stage {
  private static final String PROMPT_IDS = "prompt_text";
  private static final String TEXT_IDS = "text";

  /** Names of the ids. */
  static final List<String> IDS = List.of(PROMPT_IDS, TEXT_IDS);

  @Override
  public List<String> modelFiles() {
    return List.of();
  }

  @Override
  public List<String> captureFiles() {
    return List.of(Capture.FULL);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    context.log().line("=== Text Parity Test ===");
    Mode mode = context.capture().settings().mode();
    SpokenTexts said = said(context.capture(), mode);
    Captured full = new Captured(context.capture().full().orElseThrow());
    long promptLength = mode == Mode.CROSS_LINGUAL ? 0 : Captured.ANY;
    Tensor promptIds = full.get(PROMPT_IDS, DType.I32, 1, promptLength);
    Tensor textIds = full.get(TEXT_IDS, DType.I32, 1, Captured.ANY);
    TextFrontend frontend = TextFrontend.open(context.modelDir());
    Optional<NativeTexts> ours =
        said.normaliser().filter(String::isEmpty).map(none -> NativeTexts.of(frontend, said, mode));

    say(context.log(), said, ours);
    ours.ifPresent(texts -> texts.expect(checks));
    checks.expect(PROMPT_IDS, promptIds);
    checks.expect(TEXT_IDS, textIds);
    checks.begin();
    ours.ifPresentOrElse(texts -> texts.compare(checks), () -> checks.note(fed(said)));

    String prompt = ours.map(NativeTexts::prompt).orElse(said.promptNormalized());
    checks.equal(PROMPT_IDS, promptIds, frontend.tokens(prompt));
    ours.map(NativeTexts::segment)
        .orElse(Optional.of(said.segment()))
        .ifPresent(segment -> {
          Verdict verdict = checks.equal(TEXT_IDS, textIds, frontend.tokens(segment));
          if (verdict.status() == Status.PASS) {
            control(checks, textIds, frontend, segment);
          }
        });
    if (ours.isPresent() && context.scope().includes(Scope.MODULES)) {
      alone(checks, PROMPT_IDS, promptIds, frontend.tokens(said.promptNormalized()));
      alone(checks, TEXT_IDS, textIds, frontend.tokens(said.segment()));
    }
  }

  private static SpokenTexts said(Capture capture, Mode mode) {
    for (String name : SpokenTexts.required(mode)) {
      if (!capture.metadata().containsKey(name)) {
        throw new Blocked(
            "%s is missing from the metadata of %s; capture again".formatted(name, Capture.FULL));
      }
    }
    return SpokenTexts.of(capture.metadata(), mode);
  }

  private static void say(StageLog log, SpokenTexts said, Optional<NativeTexts> ours) {
    log.line("Prompt: %s", Text.quote(said.promptNormalized()));
    ours.ifPresent(texts -> log.line("Segments: Java %d", texts.segments().size()));
    log.line("Segment %d: %s", said.index(), Text.quote(said.segment()));
  }

  private static String fed(SpokenTexts said) {
    return "Python normalised with %s: what that made of the texts is fed, and only ids are compared"
        .formatted(said.normaliser().orElse("what the capture does not say"));
  }

  /** From the very text that Python tokenised. */
  private static void alone(Checks checks, String name, Tensor reference, Tensor actual) {
    checks.compareIsolated(name, reference, actual, FixedLimits.SAME);
  }

  /** A text that lacks its last character must not have the same ids. */
  private static void control(
      Checks checks, Tensor reference, TextFrontend frontend, String segment) {
    String shorter = segment.substring(0, segment.offsetByCodePoints(segment.length(), -1));
    Verdict verdict =
        Comparison.compare(TEXT_IDS, reference, frontend.tokens(shorter), FixedLimits.SAME);
    boolean seen = verdict.status() == Status.FAIL;
    checks.control(
        new Control(
            "the last character of the text left out", seen, seen ? "by itself" : verdict.says()));
  }
}
