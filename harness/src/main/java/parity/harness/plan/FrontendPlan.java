package parity.harness.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
import parity.harness.limits.FrontendLimits;
import parity.harness.limits.Yardstick;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;

/** The recordings to audio at two rates, mel spectrograms, fbank, speech tokens and speaker. */
public final class FrontendPlan {
  private static final List<String> OF_THE_PROMPT =
      List.of(
          TensorNames.SPEECH_16K,
          TensorNames.SPEECH_24K,
          TensorNames.WHISPER_MEL,
          TensorNames.FBANK,
          TensorNames.SPEECH_FEAT,
          TensorNames.SPEECH_TOKENS,
          TensorNames.SPEAKER_EMBEDDING);

  private static final List<String> OF_THE_SOURCE =
      List.of(
          TensorNames.SOURCE_ + TensorNames.SPEECH_16K,
          TensorNames.SOURCE_ + TensorNames.WHISPER_MEL,
          TensorNames.SOURCE_ + TensorNames.SPEECH_TOKENS);

  /** What the earlier harness's script wrote. */
  private static final Set<String> ALWAYS =
      Set.of(
          TensorNames.WHISPER_MEL,
          TensorNames.SPEECH_FEAT,
          TensorNames.SPEECH_TOKENS,
          TensorNames.SPEAKER_EMBEDDING);

  /** Whose limits are shown to see a fault. */
  private static final Set<String> CONTROLLED =
      Set.of(TensorNames.WHISPER_MEL, TensorNames.FBANK, TensorNames.SPEECH_FEAT);

  private FrontendPlan() {}

  /** Plans. */
  public static StagePlan of(PlanContext context) {
    TensorFile file = context.capture().frontend().orElseThrow();
    List<String> names = new ArrayList<>(OF_THE_PROMPT);
    if (context.capture().settings().mode() == Mode.VC) {
      names.addAll(OF_THE_SOURCE);
    }
    boolean ours = context.capture().saysWhatMadeIt();
    StagePlan.Builder plan = new StagePlan.Builder();
    for (String name : names) {
      if (file.contains(name)) {
        plan.expect(expectation(name, file.get(name), context));
      } else if (ours || ALWAYS.contains(name)) {
        plan.lost(name, Role.OUTPUT, new TensorInfo(dtype(name), Shape.of()));
      }
    }
    file.names().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> plan.stray(name, file.info(name)));
    return plan.build();
  }

  private static Expectation expectation(String name, Tensor captured, PlanContext context) {
    Yardstick by =
        actual ->
            new Yardstick.Judged.By(
                // What is of another form is not judged by numbers, so it needs no limits.
                TensorInfo.of(captured).equals(TensorInfo.of(actual))
                    ? FrontendLimits.of(name, captured, context.arena())
                    : FrontendLimits.NONE);
    Expectation expectation = Expectation.of(name, Role.OUTPUT, captured, by).as(Kind.FRONTEND);
    return CONTROLLED.contains(name) ? expectation.withControl() : expectation;
  }

  private static DType dtype(String name) {
    return name.endsWith(TensorNames.SPEECH_TOKENS) ? DType.I32 : DType.F32;
  }
}
