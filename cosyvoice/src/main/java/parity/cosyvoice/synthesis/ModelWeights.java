package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.flow.FlowState;
import parity.cosyvoice.hift.HiftState;
import parity.cosyvoice.llm.LlmState;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.weights.CheckpointWeights;

/**
 * Opens the checkpoints of a model folder as upstream loads them: one that its strict loading would
 * refuse is refused here, by the names of the keys. Names and shapes are looked at, no number is
 * read.
 *
 * <p>Reference: cli/model.py, {@code CosyVoiceModel.load}.
 */
public final class ModelWeights {
  /** The language model's checkpoint. */
  public static final String LLM = "llm.pt";

  /** The flow's. */
  public static final String FLOW = "flow.pt";

  /** The vocoder's. */
  public static final String HIFT = "hift.pt";

  private ModelWeights() {}

  /**
   * Opens a checkpoint of the language model.
   *
   * @param file its name in the folder
   * @throws parity.tensors.BadInputException if the file is no checkpoint, or not one of this
   *     configuration
   */
  public static CheckpointWeights llm(Path modelDir, String file, CosyVoiceConfig config) {
    Qwen2Config qwen = Qwen2ConfigReader.read(modelDir);
    return CheckpointWeights.open(modelDir.resolve(file)).strict(LlmState.of(config.llm(), qwen));
  }

  /** Opens {@code flow.pt}, as {@link #llm}. */
  public static CheckpointWeights flow(Path modelDir, CosyVoiceConfig config) {
    return CheckpointWeights.open(modelDir.resolve(FLOW)).strict(FlowState.of(config.flow()));
  }

  /** Opens {@code hift.pt}, as {@link #llm}. */
  public static CheckpointWeights hift(Path modelDir, CosyVoiceConfig config) {
    return CheckpointWeights.openVocoder(modelDir.resolve(HIFT))
        .strict(HiftState.of(config.hift()));
  }
}
