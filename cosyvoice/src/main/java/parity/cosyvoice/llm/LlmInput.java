package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import java.util.List;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** What {@code CosyVoice3LM.inference} of upstream's {@code llm/llm.py} feeds the transformer. */
final class LlmInput {
  private static final String EMBED_TOKENS = "llm.model.model.embed_tokens";
  private static final String SPEECH_EMBEDDING = "speech_embedding";

  private final Weights weights;
  private final Embedding embedTokens;
  private final Embedding speechEmbedding;
  private final long sos;
  private final long taskId;

  LlmInput(LlmConfig config, Qwen2Config qwen, Weights weights) {
    this.weights = weights;
    int width = qwen.hiddenSize();
    embedTokens = new Embedding(EMBED_TOKENS, weights, qwen.vocabSize(), width);
    speechEmbedding =
        new Embedding(SPEECH_EMBEDDING, weights, LlmGraph.speechTokens(config), width);
    sos = config.speechTokenSize();
    taskId = config.speechTokenSize() + 2L;
  }

  /**
   * {@code lm_input [1, 1 + L + 1 + P, hidden]}: start, text, task, prompt speech. Start and task
   * are rows of the speech embedding, which as a module is called for the prompt's speech alone.
   *
   * @throws parity.tensors.BadInputException if the checkpoint's file is no longer as it was opened
   */
  Tensor of(LlmPrompt prompt, Watch watch, Arena arena) {
    return InPlace.during(List.of(weights), () -> joined(prompt, watch, arena));
  }

  private Tensor joined(LlmPrompt prompt, Watch watch, Arena arena) {
    Tensor text = embedTokens.of(concat(prompt.promptText(), prompt.text()), arena);
    text = passed(EMBED_TOKENS, text, watch);
    Tensor speech = speechEmbedding.of(prompt.promptSpeechToken(), arena);
    speech = passed(SPEECH_EMBEDDING, speech, watch);

    long textLength = text.shape().dim(1);
    long speechLength = speech.shape().dim(1);
    Shape shape = Shape.of(1, textLength + speechLength + 2, text.shape().dim(2));
    Tensor input = Tensor.allocate(DType.F32, shape, arena);
    speechEmbedding.copyRow(sos, input, 0);
    input.data().asSlice(rowBytes(input)).asSlice(0, text.data().byteSize()).copyFrom(text.data());
    speechEmbedding.copyRow(taskId, input, textLength + 1);
    input.data().asSlice((textLength + 2) * rowBytes(input)).copyFrom(speech.data());
    return input;
  }

  /**
   * {@code lm_input [1, 1, hidden]} of the step after {@code token}.
   *
   * @throws parity.tensors.BadInputException if the checkpoint's file is no longer as it was opened
   */
  Tensor of(int token, Arena arena) {
    return InPlace.during(
        List.of(weights), () -> speechEmbedding.of(Tensor.ofInts(Shape.of(1), token), arena));
  }

  /** A module that is given no ids is not called. */
  private static Tensor passed(String path, Tensor rows, Watch watch) {
    return rows.elements() > 0 ? watch.pass(path, rows) : rows;
  }

  private static Tensor concat(Tensor first, Tensor second) {
    int[] ids = new int[Math.toIntExact(first.elements() + second.elements())];
    for (int i = 0; i < ids.length; i++) {
      ids[i] =
          Math.toIntExact(
              i < first.elements() ? first.getLong(i) : second.getLong(i - first.elements()));
    }
    return Tensor.ofInts(Shape.of(1, ids.length), ids);
  }

  private static long rowBytes(Tensor rows) {
    return rows.shape().dim(-1) * Float.BYTES;
  }
}
