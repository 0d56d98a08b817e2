package parity.harness.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parity.harness.capture.Capture;
import parity.harness.result.StageName;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.SafetensorsWriter;

/** What a candidate's command is given for one stage: the capture's inputs, and its settings. */
final class StageInputs {
  private static final String TENSORS = "inputs.safetensors";
  private static final String SETTINGS = "settings.json";

  private StageInputs() {}

  /** Writes both files. */
  static void write(StageName stage, StageContext context, Path folder) {
    Map<String, Tensor> tensors = new TreeMap<>();
    Capture capture = context.capture();
    capture.full().ifPresent(file -> add(tensors, file, ofWhole(stage)));
    capture.chunks().ifPresent(file -> add(tensors, file, ofChunks(stage)));
    SafetensorsWriter.write(folder.resolve(TENSORS), tensors, Map.of());
    try {
      Files.writeString(folder.resolve(SETTINGS), settings(stage, context) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Map<String, Tensor> tensors, TensorFile file, List<String> wanted) {
    for (String name : file.names()) {
      if (wanted.contains(name.replaceFirst("#\\d+$", ""))) {
        tensors.put(name, file.get(name));
      }
    }
  }

  private static List<String> ofWhole(StageName stage) {
    return switch (stage) {
      case TEXT, FRONTEND, END_TO_END -> List.of();
      case LLM ->
          List.of(
              "text", "prompt_text", "llm_prompt_speech_token", "llm_embedding", "speech_tokens");
      case FLOW -> List.of("token", "prompt_token", "prompt_feat", "embedding", "rand_noise");
      case HIFT -> List.of(FlowStage.OUTPUT, HiftOutputs.SOURCE, "nsf_rand_ini", "nsf_sine_waves");
    };
  }

  private static List<String> ofChunks(StageName stage) {
    return switch (stage) {
      case TEXT, FRONTEND, LLM, END_TO_END -> List.of();
      case FLOW -> List.of("token", "token_offset", "token_hop_len", "streaming", "finalize");
      case HIFT -> List.of("speech_feat", "speech_offset", "finalize", HiftOutputs.SOURCE);
    };
  }

  private static String settings(StageName stage, StageContext context) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("stage", stage.label());
    root.put("model_dir", context.modelDir().toAbsolutePath().toString());
    root.put("threads", context.nativeSide().engine().threads());
    var settings = context.capture().settings();
    root.put("mode", settings.mode().toString());
    root.put("streaming", settings.streaming());
    root.put("n_timesteps", settings.nTimesteps());
    root.put("voiced_threshold", settings.voicedThreshold());
    root.put("f0_precision", settings.f0Precision().toString());
    Recordings heard = context.recordings();
    heard.prompt().ifPresent(wav -> root.put("prompt_wav", wav.toAbsolutePath().toString()));
    heard.source().ifPresent(wav -> root.put("source_wav", wav.toAbsolutePath().toString()));
    ObjectNode capture = root.putObject("capture");
    new TreeMap<>(context.capture().metadata()).forEach(capture::put);
    return root.toPrettyString();
  }
}
