package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.text.TextFrontend;
import parity.harness.capture.SpokenTexts;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.harness.plan.TextPlan;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;
import parity.tensors.Tensor;
import parity.tensors.Text;

/** The text frontend: normalises, cuts and tokenises. */
public final class JavaText extends JavaPort {
  private final PortContext context;
  private final TextPlan plan;

  /** Of a capture's texts. */
  public JavaText(PortContext context, Scope scope, TextPlan plan) {
    super(scope);
    this.context = context;
    this.plan = plan;
  }

  @Override
  public void run(Answers answers, Arena arena) {
    StageLog log = context.log();
    log.line("=== Text Parity Test ===");
    TextFrontend frontend = TextFrontend.open(context.modelDir());
    SpokenTexts said = plan.said();
    Optional<NativeTexts> ours =
        plan.normalises()
            ? Optional.of(NativeTexts.normalise(frontend, said, plan.mode()))
            : Optional.empty();
    log.line("Prompt: %s", Text.quote(said.promptNormalized()));
    ours.ifPresent(texts -> log.line("Segments: Java %d", texts.segments().size()));
    log.line("Segment %d: %s", said.index(), Text.quote(said.segment()));
    ours.ifPresentOrElse(texts -> texts.answer(answers), () -> answers.note(fed()));

    String prompt = ours.map(NativeTexts::prompt).orElse(said.promptNormalized());
    answers.tensor(TensorNames.PROMPT_TEXT, frontend.tokens(prompt));
    ours.map(NativeTexts::segment)
        .orElse(Optional.of(said.segment()))
        .ifPresent(segment -> speak(segment, frontend, answers));
    if (ours.isPresent()) {
      answers.alone(TensorNames.PROMPT_TEXT, frontend.tokens(said.promptNormalized()));
      answers.alone(TensorNames.TEXT, frontend.tokens(said.segment()));
    }
  }

  private String fed() {
    return "Python normalised with %s: what that made of the texts is fed, and only ids are compared"
        .formatted(plan.said().normaliser().orElse("what the capture does not say"));
  }

  private static void speak(String segment, TextFrontend frontend, Answers answers) {
    Tensor ids = frontend.tokens(segment);
    if (answers.tensor(TensorNames.TEXT, ids)) {
      // A text that lacks its last character must not have the same ids.
      String shorter = segment.substring(0, segment.offsetByCodePoints(segment.length(), -1));
      Tensor faulty = frontend.tokens(shorter);
      answers.faulty("the last character of the text left out", TensorNames.TEXT, faulty);
    }
  }
}
