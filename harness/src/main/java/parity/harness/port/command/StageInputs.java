package parity.harness.port.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parity.harness.plan.Wanted;
import parity.harness.port.PortContext;
import parity.harness.port.Recordings;
import parity.harness.port.WantedJson;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/**
 * What a candidate's command is given for one stage: the capture's inputs and settings, and a list
 * of what is expected.
 *
 * @param stage as options spell it
 * @param tensors of the capture, by its names
 * @param wanted what it is to write
 * @param threads that the command is to use
 */
public record StageInputs(
    String stage,
    PortContext context,
    Map<String, Tensor> tensors,
    List<Wanted> wanted,
    int threads) {
  private static final String TENSORS = "inputs.safetensors";
  private static final String SETTINGS = "settings.json";
  private static final String EXPECTED = "expected.json";

  /** Writes all files. */
  void write(Path folder) {
    SafetensorsWriter.write(folder.resolve(TENSORS), tensors, Map.of());
    try {
      Files.writeString(folder.resolve(SETTINGS), settings() + "\n");
      Files.writeString(folder.resolve(EXPECTED), WantedJson.text(wanted) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String settings() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("stage", stage);
    root.put("model_dir", context.modelDir().toAbsolutePath().toString());
    root.put("threads", threads);
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
