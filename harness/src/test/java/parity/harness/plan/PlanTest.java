package parity.harness.plan;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.harness.capture.Capture;
import parity.harness.capture.Settings;
import parity.harness.fixture.ModeCapture;
import parity.harness.fixture.Samples;
import parity.harness.limits.ModuleLimits;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** What the sample, whole and streamed, expects of each stage; no model is run. */
final class PlanTest {
  @TempDir Path folder;

  private Path whole() {
    return Samples.copy(Samples.CAPTURE, folder.resolve("whole"));
  }

  private Path streamed() {
    Path capture = folder.resolve("streamed");
    ModeCapture.streamed(capture);
    return capture;
  }

  /** Plans a stage of a capture, and tells of it while the capture is open. */
  private static <P, T> T plan(Path from, Function<PlanContext, P> of, Function<P, T> told) {
    try (Arena arena = Arena.ofConfined();
        Capture capture =
            Capture.open(
                Optional.of(from.resolve(Capture.FRONTEND)),
                Optional.of(from.resolve(Capture.FULL)),
                Settings.Overrides.NONE)) {
      PlanContext context =
          new PlanContext(
              capture, CosyVoiceConfigReader.read(Samples.MODEL), ModuleLimits.load(), arena);
      return told.apply(of.apply(context));
    }
  }

  private static List<String> names(StagePlan plan, Predicate<Expectation> which) {
    return plan.expectations().stream().filter(which).map(Expectation::name).toList();
  }

  private static Optional<Expectation> find(StagePlan plan, String name) {
    return plan.expectations().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static List<String> ofRole(StagePlan plan, Role role) {
    return names(plan, each -> each.role() == role);
  }

  @Test
  void flow_whole_expectsInputsModulesAndTheMel() {
    StagePlan plan = plan(whole(), FlowPlan::of, FlowPlan::stage);

    assertThat(ofRole(plan, Role.GIVEN))
        .containsExactly("prompt_token", "prompt_feat", "embedding", "token", "rand_noise")
        .inOrder();
    assertThat(ofRole(plan, Role.OUTPUT)).containsExactly("python_flow_output");
    assertThat(ofRole(plan, Role.UNWATCHED)).containsExactly("python_flow_output.untapped");
    assertThat(ofRole(plan, Role.MODULE)).contains("flow.decoder.estimator#0");
    assertThat(ofRole(plan, Role.ALONE)).isNotEmpty();
    assertThat(ofRole(plan, Role.AGAIN)).isEmpty();
    assertThat(names(plan, Expectation::controlled)).containsExactly("python_flow_output");
    assertThat(plan.strays()).isEmpty();
    assertThat(plan.inputs().keySet())
        .containsExactly("embedding", "prompt_feat", "prompt_token", "rand_noise", "token");
    assertThat(plan.modules()).isPresent();
  }

  @Test
  void flow_whole_isOneCallOfAllTokens() {
    FlowPlan plan = plan(whole(), FlowPlan::of, each -> each);

    assertThat(plan.streamed()).isFalse();
    assertThat(plan.calls()).hasSize(1);
    assertThat(plan.calls().getFirst().isFinal()).isTrue();
    assertThat(plan.calls().getFirst().offset()).isEqualTo(0);
    assertThat(plan.mels())
        .containsExactly(
            ((Reference.Numbers) find(plan.stage(), "python_flow_output").orElseThrow().reference())
                .tensor());
  }

  @Test
  void flow_streamed_expectsTheScheduleAndEachChunkToo() {
    StagePlan plan = plan(streamed(), FlowPlan::of, FlowPlan::stage);

    assertThat(ofRole(plan, Role.GIVEN))
        .containsAtLeast(
            "rand_noise",
            "token_offset",
            "token_hop_len",
            "streaming",
            "finalize",
            "token#0",
            "token#1",
            "attn_mask#0",
            "attn_mask#1")
        .inOrder();
    assertThat(ofRole(plan, Role.OUTPUT))
        .containsExactly("python_flow_output#0", "python_flow_output#1", "python_flow_output")
        .inOrder();
    assertThat(names(plan, Expectation::controlled)).containsExactly("python_flow_output");
  }

  @Test
  void flow_streamed_isACallAChunk() {
    FlowPlan plan = plan(streamed(), FlowPlan::of, each -> each);

    assertThat(plan.streamed()).isTrue();
    assertThat(plan.calls()).hasSize(2);
    assertThat(plan.calls().getFirst().isFinal()).isFalse();
    assertThat(plan.calls().getLast().isFinal()).isTrue();
    assertThat(plan.calls().getLast().offset()).isGreaterThan(0);
  }

  @Test
  void hift_whole_expectsTheDecoderFromPythonsSourceToo() {
    StagePlan plan = plan(whole(), HiftPlan::of, HiftPlan::stage);

    assertThat(ofRole(plan, Role.GIVEN))
        .containsExactly("nsf_rand_ini", "nsf_sine_waves", "debug_artifacts.wav")
        .inOrder();
    assertThat(ofRole(plan, Role.OUTPUT))
        .containsExactly(
            "python_hift_source", "python_audio_output", "python_audio_output.from_source")
        .inOrder();
    assertThat(ofRole(plan, Role.AGAIN)).contains("hift.conv_post.from_source");
    assertThat(ofRole(plan, Role.AGAIN)).doesNotContain("hift.m_source.from_source");
    // From the mel, the source's phase sum amplifies rounding: a repeated frame may drown in it.
    assertThat(names(plan, Expectation::controlled))
        .containsExactly("python_audio_output.from_source");
  }

  @Test
  void hift_streamed_expectsWhatEachChunkYields() {
    StagePlan plan = plan(streamed(), HiftPlan::of, HiftPlan::stage);

    assertThat(ofRole(plan, Role.GIVEN))
        .containsAtLeast("speech_feat#0", "speech_feat#1", "python_flow_output", "speech_offset")
        .inOrder();
    assertThat(ofRole(plan, Role.OUTPUT))
        .containsExactly(
            "python_hift_source#0",
            "python_hift_source#1",
            "python_audio_output#0",
            "python_audio_output#1",
            "python_hift_source",
            "python_audio_output",
            "python_audio_output.from_source#0",
            "python_audio_output.from_source#1",
            "python_audio_output.from_source")
        .inOrder();
  }

  @Test
  void llm_whole_expectsLogitsModulesAndSampling() {
    StagePlan plan = plan(whole(), LlmPlan::of, LlmPlan::stage);

    assertThat(ofRole(plan, Role.GIVEN))
        .containsExactly(
            "llm_prompt_speech_token",
            "llm_embedding",
            "speech_tokens",
            "sampling.draw",
            "sampling.step",
            "sampling.size",
            "sampling.prob",
            "sampling.index",
            "sampling.token")
        .inOrder();
    assertThat(ofRole(plan, Role.OUTPUT)).containsExactly("llm_logp");
    assertThat(ofRole(plan, Role.UNWATCHED))
        .containsExactly("llm_logp.untapped", "sampling.token.drawn")
        .inOrder();
    assertThat(names(plan, Expectation::controlled)).containsExactly("llm_logp");
  }

  @Test
  void frontend_whole_expectsWhatTheRecordingComesTo() {
    StagePlan plan = plan(whole(), FrontendPlan::of, each -> each);

    assertThat(ofRole(plan, Role.OUTPUT))
        .containsExactly(
            "speech_16k",
            "speech_24k",
            "whisper_mel",
            "fbank",
            "speech_feat",
            "speech_tokens",
            "speaker_embedding")
        .inOrder();
    assertThat(names(plan, Expectation::controlled))
        .containsExactly("whisper_mel", "fbank", "speech_feat");
    assertThat(plan.modules()).isEmpty();
  }

  @Test
  void text_whole_expectsTextsAndIds() {
    TextPlan text = plan(whole(), TextPlan::of, each -> each);

    assertThat(text.normalises()).isTrue();
    assertThat(names(text.stage(), each -> true))
        .containsExactly(
            "prompt_text_normalized", "segments#0", "tts_text_segment", "prompt_text", "text")
        .inOrder();
  }

  @Test
  void endToEnd_streamed_expectsTokensAndWhatEachChunkAdds() {
    StagePlan plan =
        plan(streamed(), context -> EndToEndPlan.of(context, () -> (from, to) -> 60), each -> each);

    assertThat(names(plan, each -> true))
        .containsExactly(
            "token",
            "python_flow_output",
            "python_audio_output#0",
            "python_audio_output#1",
            "python_audio_output")
        .inOrder();
    assertThat(names(plan, Expectation::controlled)).containsExactly("python_audio_output");
  }

  @Test
  void frontend_tensorOfTheCaptureGone_isLostAndStillExpected() {
    Path capture = whole();
    Samples.rewriteTensors(
        capture.resolve(Capture.FRONTEND), tensors -> tensors.remove("speech_tokens"));

    Expectation lost =
        plan(capture, FrontendPlan::of, plan -> find(plan, "speech_tokens").orElseThrow());

    assertThat(lost.reference())
        .isEqualTo(new Reference.Lost(new TensorInfo(DType.I32, Shape.of())));
  }

  @Test
  void flow_tapOfTheCaptureGone_isLostInTheFormThatItsTruthHas() {
    Path capture = whole();
    String name = "flow.decoder.estimator#0";
    Shape shape =
        plan(
            capture,
            FlowPlan::of,
            plan -> find(plan.stage(), name).orElseThrow().reference().info().shape());
    Samples.rewriteTensors(
        capture.resolve("taps_flow.safetensors"), tensors -> tensors.remove(name));

    StagePlan plan = plan(capture, FlowPlan::of, FlowPlan::stage);

    assertThat(find(plan, name).orElseThrow().reference())
        .isEqualTo(new Reference.Lost(new TensorInfo(DType.F32, shape)));
  }

  @Test
  void flow_tensorThatNobodyExpects_isAStray() {
    Path capture = whole();
    Samples.rewriteTensors(
        capture.resolve("taps_flow.safetensors"),
        tensors -> tensors.put("flow.nobody", Tensor.ofFloats(Shape.of(2), 1, 2)));

    StagePlan plan = plan(capture, FlowPlan::of, FlowPlan::stage);

    assertThat(plan.strays())
        .containsExactly("flow.nobody", new TensorInfo(DType.F32, Shape.of(2)));
    assertThat(find(plan, "flow.nobody")).isEmpty();
  }

  @Test
  void everyPlan_namesOnce() {
    for (Path capture : List.of(whole(), streamed())) {
      for (StagePlan plan :
          List.of(
              plan(capture, FlowPlan::of, FlowPlan::stage),
              plan(capture, HiftPlan::of, HiftPlan::stage),
              plan(capture, LlmPlan::of, LlmPlan::stage))) {
        List<String> names = names(plan, each -> true);
        assertWithMessage("names of %s", capture).that(names).containsNoDuplicates();
      }
    }
  }
}
