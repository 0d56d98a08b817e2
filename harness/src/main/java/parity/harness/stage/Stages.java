package parity.harness.stage;

import static parity.harness.stage.Stage.Trait.LISTENS;
import static parity.harness.stage.Stage.Trait.MODULES;
import static parity.harness.stage.Stage.Trait.THROUGH_ALL;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parity.harness.capture.Capture;
import parity.harness.capture.Chunks;
import parity.harness.capture.Part;
import parity.harness.plan.EndToEndPlan;
import parity.harness.plan.FlowPlan;
import parity.harness.plan.FrontendPlan;
import parity.harness.plan.HiftPlan;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.MelRounding;
import parity.harness.plan.PlanContext;
import parity.harness.plan.TextPlan;
import parity.harness.port.java.Amplification;
import parity.harness.port.java.JavaEndToEnd;
import parity.harness.port.java.JavaFlow;
import parity.harness.port.java.JavaFrontend;
import parity.harness.port.java.JavaHift;
import parity.harness.port.java.JavaLlm;
import parity.harness.port.java.JavaText;
import parity.harness.port.java.Utterance;
import parity.harness.result.StageName;
import parity.tensors.Tensor;

/** The registry of stages, in the order in which they run. A new stage is a new entry. */
public final class Stages {
  private static final Stage TEXT =
      new Stage(
          StageName.TEXT,
          List.of(),
          List.of(Capture.FULL),
          Set.of(),
          Stages::noText,
          context -> {
            TextPlan plan = TextPlan.of(context);
            return new Stage.Prepared(
                plan.stage(), stage -> new JavaText(stage.port(), stage.scope(), plan));
          });

  private static final Stage FRONTEND =
      new Stage(
          StageName.FRONTEND,
          List.of("speech_tokenizer_v3.onnx", "campplus.onnx"),
          List.of(Capture.FRONTEND),
          Set.of(LISTENS),
          capture -> Optional.empty(),
          context ->
              new Stage.Prepared(
                  FrontendPlan.of(context),
                  stage -> new JavaFrontend(stage.port(), stage.scope())));

  private static final Stage LLM =
      new Stage(
          StageName.LLM,
          List.of("llm.pt"),
          Part.LLM.with(Capture.FULL, Capture.SAMPLING),
          Set.of(MODULES),
          Stages::noLanguageModel,
          context -> {
            LlmPlan plan = LlmPlan.of(context);
            return new Stage.Prepared(
                plan.stage(),
                stage -> new JavaLlm(stage.port(), stage.nativeSide(), stage.scope(), plan));
          });

  private static final Stage FLOW =
      new Stage(
          StageName.FLOW,
          List.of("flow.pt"),
          Part.FLOW.with(
              Capture.FRONTEND,
              Capture.FULL,
              Capture.TRUTH_OUTPUTS,
              Capture.CHUNKS,
              Capture.TRUTH_CHUNKS),
          Set.of(MODULES),
          capture -> Optional.empty(),
          context -> {
            FlowPlan plan = FlowPlan.of(context);
            return new Stage.Prepared(
                plan.stage(),
                stage -> new JavaFlow(stage.port(), stage.nativeSide(), stage.scope(), plan));
          });

  private static final Stage HIFT =
      new Stage(
          StageName.HIFT,
          List.of("hift.pt"),
          Part.HIFT.with(Capture.FULL, Capture.TRUTH_OUTPUTS, Capture.CHUNKS, Capture.TRUTH_CHUNKS),
          Set.of(MODULES),
          capture -> Optional.empty(),
          context -> {
            HiftPlan plan = HiftPlan.of(context);
            return new Stage.Prepared(
                plan.stage(),
                stage ->
                    new JavaHift(
                        stage.port(), stage.nativeSide(), stage.scope(), plan, context.arena()));
          });

  private static final Stage END_TO_END =
      new Stage(
          StageName.END_TO_END,
          List.of("llm.pt", "flow.pt", "hift.pt", "speech_tokenizer_v3.onnx", "campplus.onnx"),
          List.of(Capture.FULL, Capture.TRUTH_OUTPUTS, Capture.CHUNKS, Capture.TRUTH_CHUNKS),
          Set.of(LISTENS, THROUGH_ALL),
          Utterance::inapplicable,
          Stages::endToEnd);

  private static final List<Stage> ALL = List.of(TEXT, FRONTEND, LLM, FLOW, HIFT, END_TO_END);

  private Stages() {}

  /** All of them. */
  public static List<Stage> all() {
    return ALL;
  }

  /** Names of all of them. */
  public static List<StageName> names() {
    return ALL.stream().map(Stage::name).toList();
  }

  /** The stage of that name. */
  public static Stage of(StageName name) {
    return ALL.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage " + name));
  }

  /** The stage that options spell so. */
  public static Optional<Stage> labelled(String label) {
    return ALL.stream().filter(stage -> stage.name().label().equals(label)).findFirst();
  }

  private static Optional<String> noText(Capture capture) {
    if (!capture.settings().mode().speaksText()) {
      return Optional.of("voice conversion has no text");
    }
    return capture.holdsTexts()
        ? Optional.empty()
        : Optional.of("not in this capture: it does not say which texts were spoken");
  }

  private static Optional<String> noLanguageModel(Capture capture) {
    if (!capture.settings().mode().speaksText()) {
      return Optional.of("voice conversion asks no language model");
    }
    return capture.holdsLlm()
        ? Optional.empty()
        : Optional.of("not in this capture: the earlier harness kept no output of it");
  }

  private static Stage.Prepared endToEnd(PlanContext context) {
    AtomicReference<@Nullable Tensor> spoken = new AtomicReference<>();
    AtomicReference<@Nullable StageContext> running = new AtomicReference<>();
    Supplier<MelRounding> rounding =
        new Once<>(() -> {
          StageContext stage = Objects.requireNonNull(running.get(), "asked before the port is");
          return Amplification.measure(
              stage.port(), stage.nativeSide(), Optional.ofNullable(spoken.get()), context.arena());
        });
    int chunks = Chunks.of(context.capture()).map(Chunks::count).orElse(0);
    return new Stage.Prepared(
        EndToEndPlan.of(context, rounding),
        stage -> {
          running.set(stage);
          return new JavaEndToEnd(
              stage.port(), stage.nativeSide(), stage.scope(), chunks, spoken::set);
        });
  }
}
