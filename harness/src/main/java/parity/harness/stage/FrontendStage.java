package parity.harness.stage;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.cosyvoice.audio.file.AudioFile;
import parity.cosyvoice.frontend.Frontend;
import parity.harness.capture.Capture;
import parity.harness.capture.Mode;
import parity.harness.console.StageLog;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/** The recordings to audio at two rates, mel spectrograms, fbank, speech tokens and speaker. */
final class FrontendStage implements Stage {
  /** What the earlier harness's script wrote. */
  private static final List<String> ALWAYS =
      List.of("whisper_mel", "speech_feat", "speech_tokens", "speaker_embedding");

  /** Whose limits are shown to see a fault. */
  private static final Set<String> CONTROLS = Set.of("whisper_mel", "fbank", "speech_feat");

  @Override
  public List<String> modelFiles() {
    return List.of("speech_tokenizer_v3.onnx", "campplus.onnx");
  }

  @Override
  public List<String> captureFiles() {
    return List.of(Capture.FRONTEND);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    TensorFile file = context.capture().frontend().orElseThrow();
    log.line("=== Checking ONNX Frontend Parity ===");
    Map<String, Tensor> actual = new LinkedHashMap<>();
    Path prompt = recording(context, context.recordings().prompt(), "recording", "prompt");
    boolean converted = context.capture().settings().mode() == Mode.VC;
    try (Frontend frontend = Frontend.open(context.modelDir(), context.config())) {
      actual.putAll(frontend.run(prompt, arena).byName());
      if (converted) {
        Path source =
            recording(context, context.recordings().source(), "converted recording", "source");
        actual.putAll(frontend.source(source, arena).byName());
      }
    }
    boolean ours = context.capture().saysWhatMadeIt();
    for (Map.Entry<String, Tensor> entry : actual.entrySet()) {
      String name = entry.getKey();
      if (file.contains(name)) {
        checks.expect(name, file.info(name));
      } else if (ours || ALWAYS.contains(name)) {
        checks.expect(name, entry.getValue());
      }
    }
    file.names().stream()
        .filter(name -> !actual.containsKey(name))
        .forEach(name -> checks.unexpected(name, file.info(name)));
    checks.begin();
    actual.forEach((name, tensor) -> {
      if (file.contains(name)) {
        Tensor captured = file.get(name);
        // What is of another form is not judged by numbers, so it needs no limits.
        Basis limits =
            same(captured, tensor)
                ? FrontendLimits.of(name, captured, arena)
                : new Basis.Fixed(0, 0, "of another form");
        if (CONTROLS.contains(name)) {
          checks.compareAndControl(name, captured, tensor, limits);
        } else {
          checks.compare(name, captured, tensor, limits);
        }
        say(log, name, captured, tensor);
      }
    });
  }

  private static Path recording(
      StageContext context, Optional<Path> found, String what, String which) {
    String name = context.capture().metadata().get(which + "_wav");
    Path wav =
        found.orElseThrow(() ->
            new BadInputException(
                "the frontend needs the %s of the capture%s; give --%s-wav"
                    .formatted(what, name == null ? "" : ", " + name, which)));
    sayRecording(context.log(), wav);
    return wav;
  }

  private static void sayRecording(StageLog log, Path wav) {
    try (Arena own = Arena.ofConfined()) {
      AudioFile audio = AudioFile.read(wav, own);
      log.line("Loaded wav: %d samples, sr %d", audio.speech().elements(), audio.sampleRate());
    }
  }

  private static void say(StageLog log, String name, Tensor expected, Tensor actual) {
    log.line("%s: Java %s, Python %s", name, actual, expected);
    switch (name) {
      case "speech_tokens", "source_speech_tokens" -> sayTokens(log, expected, actual);
      case "whisper_mel", "source_whisper_mel" -> {
        if (same(expected, actual)) {
          Metrics metrics = Metrics.measure(expected, actual);
          log.line("Mel L1 Error: %.6f (avg %.3e)", metrics.l1(), metrics.meanAbs());
        }
      }
      case "speaker_embedding" -> {
        if (same(expected, actual)) {
          Metrics metrics = Metrics.measure(expected, actual);
          log.line("Speaker Embedding Cosine Similarity: %.6f", metrics.cosine());
          log.line("Norms: Java=%.6f, Py=%.6f", norm(actual), norm(expected));
        }
      }
      default -> {}
    }
    if (same(expected, actual) && actual.dtype().isFloating()) {
      Metrics metrics = Metrics.measure(expected, actual);
      log.line(
          "  relative L2 %.3e, max diff %.3e, mean diff %.3e",
          metrics.relativeL2(), metrics.maxAbs(), metrics.meanAbs());
    }
  }

  private static boolean same(Tensor expected, Tensor actual) {
    return expected.dtype() == actual.dtype() && expected.shape().equals(actual.shape());
  }

  private static double norm(Tensor tensor) {
    double squares = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      squares += tensor.getDouble(i) * tensor.getDouble(i);
    }
    return Math.sqrt(squares);
  }

  private static void sayTokens(StageLog log, Tensor expected, Tensor actual) {
    if (expected.dtype() != actual.dtype()) {
      return;
    }
    long length = Math.max(expected.elements(), actual.elements());
    long compared = Math.min(expected.elements(), actual.elements());
    long equal = 0;
    for (long i = 0; i < compared; i++) {
      if (expected.getLong(i) == actual.getLong(i)) {
        equal++;
      } else {
        log.line("  [%d] Java: %d, Py: %d", i, actual.getLong(i), expected.getLong(i));
      }
    }
    log.line("Token Accuracy: %.2f%% (%d/%d)", 100.0 * equal / length, equal, length);
  }
}
