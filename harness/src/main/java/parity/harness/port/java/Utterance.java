package parity.harness.port.java;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SpeechRequest;
import parity.cosyvoice.synthesis.SpeechRequest.Content;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.cosyvoice.synthesis.Voice;
import parity.cosyvoice.synthesis.steps.SilentTokens;
import parity.cosyvoice.text.TextFrontend;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Mode;
import parity.harness.capture.Settings;
import parity.harness.capture.TensorNames;
import parity.harness.port.PortContext;
import parity.tensors.DType;

/** What Python was asked to say, asked of the native side: texts, recordings and seed. */
public final class Utterance {
  private static final String TTS_TEXT = "tts_text";
  private static final String SEGMENT = "tts_text_segment";
  private static final String PROMPT_TEXT = "prompt_text";
  private static final String INSTRUCT_TEXT = "instruct_text";
  private static final String SEED = "seed";

  private final PortContext context;
  private final NativeSide nativeSide;
  private final Capture capture;
  private final Settings settings;
  private final Map<String, String> said;

  private Utterance(PortContext context, NativeSide nativeSide) {
    this.context = context;
    this.nativeSide = nativeSide;
    this.capture = context.capture();
    this.settings = capture.settings();
    this.said = capture.metadata();
  }

  static Utterance of(PortContext context, NativeSide nativeSide) {
    return new Utterance(context, nativeSide);
  }

  /** Why nothing can be said of a capture from text to waveform. */
  public static Optional<String> inapplicable(Capture capture) {
    Settings settings = capture.settings();
    Map<String, String> said = capture.metadata();
    boolean speaks = settings.mode().speaksText();
    if (speaks && !(said.containsKey(TTS_TEXT) && said.containsKey(SEED))) {
      return Optional.of("not in this capture: it does not say its text and its seed");
    }
    if (settings.mode() == Mode.ZERO_SHOT && !said.containsKey(PROMPT_TEXT)) {
      return Optional.of("not in this capture: it does not say its prompt's text");
    }
    if (settings.streaming() && settings.chunks().isEmpty()) {
      return Optional.of("not in this capture: it was not streamed by upstream's schedule");
    }
    return capture.filtersSilentTokens() || !speaks || !hasLongSilence(capture)
        ? Optional.empty()
        : Optional.of("not in this capture: it was made past upstream's filter of silent tokens");
  }

  private static boolean hasLongSilence(Capture capture) {
    return capture
        .full()
        .filter(full -> full.contains(TensorNames.TOKEN))
        .map(full -> full.get(TensorNames.TOKEN))
        .filter(token -> SilentTokens.thinned(token).elements() != token.elements())
        .isPresent();
  }

  Mode mode() {
    return settings.mode();
  }

  /** What is said, for a log. */
  String says() {
    return said.getOrDefault(SEGMENT, said.getOrDefault("source_wav", "a recording"));
  }

  long seed() {
    return Long.parseLong(said.getOrDefault(SEED, "0"));
  }

  /** As Python was run. */
  SynthesisOptions options() {
    return new SynthesisOptions(
        nativeSide.engine().threads(),
        "llm.pt",
        settings.nTimesteps(),
        OptionalDouble.of(settings.voicedThreshold()),
        settings.f0Precision() == F0Precision.FLOAT64 ? DType.F64 : DType.F32);
  }

  /**
   * The request.
   *
   * @throws Blocked if a recording or text is missing
   */
  SpeechRequest request(CosyVoice3 model) {
    Path prompt =
        context
            .recordings()
            .prompt()
            .orElseThrow(() -> new Blocked("the prompt's recording is missing; give --prompt-wav"));
    Voice voice = model.voice(prompt, Optional.ofNullable(said.get(PROMPT_TEXT)));
    return new SpeechRequest(content(), voice, OptionalLong.of(seed()), 1, delivery(), false);
  }

  private Delivery delivery() {
    return settings.streaming() ? Delivery.STREAMED : Delivery.WHOLE;
  }

  private Content content() {
    return switch (settings.mode()) {
      case ZERO_SHOT -> new Content.ZeroShot(segment());
      case CROSS_LINGUAL -> new Content.CrossLingual(segment());
      case INSTRUCT2 -> new Content.Instruct2(segment(), said.getOrDefault(INSTRUCT_TEXT, ""));
      case VC ->
          new Content.VoiceConversion(
              context
                  .recordings()
                  .source()
                  .orElseThrow(
                      () -> new Blocked("the converted recording is missing; give --source-wav")));
    };
  }

  /** Normalised here, unless Python had a normaliser that is not here. */
  private String segment() {
    if (!said.getOrDefault("text_frontend", "").isEmpty()) {
      return said.getOrDefault(SEGMENT, "");
    }
    List<String> segments =
        TextFrontend.open(context.modelDir()).textNormalize(said.getOrDefault(TTS_TEXT, ""), true);
    int index = Integer.parseInt(said.getOrDefault("segment_index", "0"));
    if (index >= segments.size()) {
      throw new Blocked(
          "segment %d was captured, but the text has %d segments here"
              .formatted(index, segments.size()));
    }
    return segments.get(index);
  }
}
