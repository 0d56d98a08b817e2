package parity.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;
import parity.tensors.format.SafetensorsWriter;

/**
 * Captures of other modes than the sample's: its inputs, and what upstream made of them ({@code
 * make_modes.py}) as far as the vocoder. The waveforms are the native side's own, because
 * upstream's are too large to be kept; what they test is only how chunks are cut and joined.
 */
public final class ModeCapture {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "parity", "harness", "modes.safetensors");

  private final Arena arena = Arena.ofAuto();
  private final Path folder;
  private final Map<String, Tensor> full;
  private final Map<String, Tensor> frontend;
  private final Map<String, Tensor> golden;
  private final Map<String, String> metadata = new TreeMap<>();

  private ModeCapture(Path folder, String mode) {
    this.folder = folder;
    this.full = tensors(Samples.CAPTURE.resolve("debug_artifacts.safetensors"));
    this.frontend = tensors(Samples.CAPTURE.resolve("frontend_artifacts.safetensors"));
    this.golden = tensors(GOLDEN);
    try (TensorFile file =
        Safetensors.open(Samples.CAPTURE.resolve("debug_artifacts.safetensors"))) {
      metadata.putAll(file.metadata());
    }
    metadata.putAll(Map.of("mode", mode, "capture_version", "test", "truth", "none"));
  }

  /** Cross-lingual or instruct2: the language model on two tokens. */
  static Path withoutPromptSpeech(Path folder, String mode) {
    ModeCapture capture = new ModeCapture(folder, mode);
    Tensor none = Tensor.ofInts(Shape.of(1, 0));
    Tensor two = Tensor.ofInts(Shape.of(1, 2), Arrays.copyOf(capture.full("token").toInts(), 2));
    capture.full.putAll(
        Map.of(
            "token", two,
            "speech_tokens", two,
            "llm_prompt_speech_token", none,
            "llm_logp", capture.golden(mode + ".llm_logp")));
    String prompt = capture.said("prompt_text");
    if (mode.equals("instruct2")) {
      capture.metadata.put("instruct_text", prompt);
    } else {
      String spoken = prompt + capture.said("tts_text");
      capture.metadata.putAll(
          Map.of(
              "tts_text",
              spoken,
              "tts_text_segment",
              spoken,
              "segments",
              "[\"" + spoken + "\"]",
              "prompt_text_normalized",
              ""));
      capture.full.put("text", joined(capture.full("prompt_text"), capture.full("text")));
      capture.full.put("prompt_text", none);
    }
    return capture.write();
  }

  /** Voice conversion of the prompt's recording into its own voice. */
  static Path converted(Path folder) {
    ModeCapture capture = new ModeCapture(folder, "vc");
    capture.metadata.put("source_wav", "prompt.wav");
    for (String name : new String[] {"speech_16k", "whisper_mel", "speech_tokens"}) {
      capture.frontend.put("source_" + name, capture.frontend(name));
    }
    for (String name :
        new String[] {
          "text",
          "prompt_text",
          "llm_prompt_speech_token",
          "llm_embedding",
          "speech_tokens",
          "llm_logp"
        }) {
      capture.full.remove(name);
    }
    capture.full.put("token", capture.frontend("speech_tokens"));
    capture.full.put("prompt_token", capture.frontend("speech_tokens"));
    capture.full.put("prompt_feat", capture.frontend("speech_feat"));
    Tensor mel = capture.golden("vc.python_flow_output");
    capture.speak(mel, true, "");
    capture.full.put("python_flow_output", mel);
    return capture.write();
  }

  /** The prompt's own tokens in two chunks; the sample's are too few. */
  public static Path streamed(Path folder) {
    ModeCapture capture = new ModeCapture(folder, "zero-shot");
    capture.metadata.put("streaming", "true");
    capture.metadata.put("chunks", "2");
    capture.full.put("token", capture.frontend("speech_tokens"));
    capture.full.put("speech_tokens", capture.frontend("speech_tokens"));
    Map<String, Tensor> chunks = new TreeMap<>();
    capture.golden.forEach((name, tensor) -> {
      if (name.startsWith("stream.")) {
        chunks.put(name.substring("stream.".length()), tensor);
      }
    });
    Tensor first = capture.golden("stream.python_flow_output#0");
    int spoken = capture.golden("stream.token_offset").toInts()[1];
    Tensor last = capture.golden("stream.python_flow_output#1");
    Tensor whole = capture.behind(first, last, 2 * spoken);
    chunks.put("speech_feat#0", first);
    chunks.put("speech_feat#1", whole);
    capture.full.put("python_flow_output", whole);
    capture.speak(whole, true, "#1");
    capture.speak(first, false, "#0");
    for (String name : new String[] {"python_hift_source", "python_audio_output"}) {
      for (String chunk : new String[] {"#0", "#1"}) {
        chunks.put(name + chunk, taken(capture.full, name + chunk));
      }
    }
    Tensor before = Samples.of(chunks, "python_audio_output#0");
    Tensor after = Samples.of(chunks, "python_audio_output#1");
    int yielded = Math.toIntExact(before.elements());
    capture.full.put("python_audio_output", capture.behind(before, after, yielded));
    capture.full.put("python_hift_source", Samples.of(chunks, "python_hift_source#1"));
    chunks.put("speech_offset", Tensor.ofInts(Shape.of(2), 0, yielded));
    chunks.put("streaming", booleans(1, 0));
    chunks.put("finalize", booleans(0, 1));
    Path written = capture.write();
    SafetensorsWriter.write(written.resolve("chunks.safetensors"), chunks, capture.metadata);
    return written;
  }

  private static Tensor booleans(int first, int second) {
    byte[] values = {(byte) first, (byte) second};
    return Tensor.of(DType.BOOL, Shape.of(2), MemorySegment.ofArray(values));
  }

  private String said(String name) {
    return Objects.requireNonNull(metadata.get(name), name);
  }

  private Tensor golden(String name) {
    return Samples.of(golden, name);
  }

  private Tensor full(String name) {
    return Samples.of(full, name);
  }

  private Tensor frontend(String name) {
    return Samples.of(frontend, name);
  }

  private static Tensor taken(Map<String, Tensor> tensors, String name) {
    Tensor tensor = Samples.of(tensors, name);
    tensors.remove(name);
    return tensor;
  }

  private static Tensor joined(Tensor first, Tensor second) {
    int[] ids = new int[Math.toIntExact(first.elements() + second.elements())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] =
          (int) (i < first.elements() ? first.getLong(i) : second.getLong(i - first.elements()));
    }
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }

  /** Of every row of {@code first} all, then of {@code second} what comes from {@code from} on. */
  private Tensor behind(Tensor first, Tensor second, int from) {
    long width = first.shape().dim(-1);
    long rest = second.shape().dim(-1) - from;
    long[] dims = first.shape().dims();
    dims[dims.length - 1] = width + rest;
    Tensor both = Tensor.allocate(DType.F32, Shape.of(dims), arena);
    for (long row = 0; row < first.elements() / width; row++) {
      for (long i = 0; i < width + rest; i++) {
        float value =
            i < width
                ? first.getFloat(row * width + i)
                : second.getFloat(row * second.shape().dim(-1) + i - width + from);
        both.setFloat(row * (width + rest) + i, value);
      }
    }
    return both;
  }

  private void speak(Tensor mel, boolean isFinal, String suffix) {
    CosyVoiceConfig config = CosyVoiceConfigReader.read(Samples.MODEL);
    int samples = Math.toIntExact(mel.shape().dim(2) * config.hift().samplesPerFrame());
    RandomBuffers random = RandomBuffers.draw(config, samples, arena);
    SourceNoise noise = SourceNoise.of(random.nsfRandIni(), random.nsfSineWaves());
    try (CheckpointWeights weights =
            CheckpointWeights.openVocoder(Samples.MODEL.resolve("hift.pt"));
        Hift hift = new Hift(config.hift(), weights, HiftOptions.of(2))) {
      Speech speech = hift.inference(mel, noise, isFinal, TapSink.NONE, arena);
      full.put("python_hift_source" + suffix, speech.source());
      full.put("python_audio_output" + suffix, speech.audio());
    }
    if (isFinal) {
      full.put("nsf_sine_waves", random.nsfSineWaves());
    }
  }

  private Path write() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SafetensorsWriter.write(folder.resolve("debug_artifacts.safetensors"), full, metadata);
    SafetensorsWriter.write(folder.resolve("frontend_artifacts.safetensors"), frontend, metadata);
    return folder;
  }

  private Map<String, Tensor> tensors(Path file) {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (TensorFile open = Safetensors.open(file)) {
      for (String name : open.names()) {
        Tensor tensor = open.get(name);
        Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), arena);
        copy.data().copyFrom(tensor.data());
        tensors.put(name, copy);
      }
    }
    return tensors;
  }
}
