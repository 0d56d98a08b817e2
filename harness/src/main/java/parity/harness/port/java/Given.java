package parity.harness.port.java;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.cosyvoice.synthesis.steps.ChunkSchedule;
import parity.cosyvoice.synthesis.steps.ChunkSchedule.Chunk;
import parity.cosyvoice.synthesis.steps.SilentTokens;
import parity.harness.capture.TensorNames;
import parity.harness.plan.inputs.FlowInputs;
import parity.harness.plan.inputs.PromptInputs;
import parity.harness.plan.inputs.TokenInputs;
import parity.harness.port.Answers;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/** What the native side makes of lengths, seeds and filters alone, before a part runs. */
final class Given {
  private Given() {}

  /** The spoken tokens: what upstream's filter of silence leaves of their origin. */
  static void tokens(String name, TokenInputs spoken, Answers answers) {
    spoken
        .origin()
        .ifPresent(origin ->
            answers.tensor(name, spoken.filtered() ? SilentTokens.thinned(origin) : origin));
  }

  /** The prompt's tokens and mel: what the frontend made, trimmed as the mode has it. */
  static void prompt(PromptInputs prompt, Answers answers) {
    prompt
        .recorded()
        .ifPresent(recorded -> {
          ZeroShotPrompt made =
              recorded.trimmed()
                  ? ZeroShotPrompt.trim(recorded.tokens(), recorded.feat())
                  : new ZeroShotPrompt(recorded.tokens(), recorded.feat());
          answers.tensor(TensorNames.PROMPT_TOKEN, made.speechToken());
          answers.tensor(TensorNames.PROMPT_FEAT, made.speechFeat());
          answers.tensor(TensorNames.EMBEDDING, recorded.speaker());
        });
  }

  /** The schedule of a streaming run, which follows from the lengths of prompt and tokens. */
  static void schedule(FlowInputs inputs, int chunks, Answers answers) {
    Tensor token = inputs.spoken().token();
    List<Chunk> schedule =
        ChunkSchedule.of(
            Math.toIntExact(inputs.prompt().token().elements()),
            inputs.config().preLookaheadLen(),
            Math.toIntExact(token.elements()));
    answers.tensor(TensorNames.TOKEN_OFFSET, ints(schedule, Chunk::offset));
    answers.tensor(TensorNames.TOKEN_HOP_LEN, ints(schedule, Chunk::tokenHopLen));
    answers.tensor(TensorNames.STREAMING, booleans(schedule, chunk -> !chunk.isFinal()));
    answers.tensor(TensorNames.FINALIZE, booleans(schedule, Chunk::isFinal));
    for (int i = 0; i < chunks; i++) {
      int length = i < schedule.size() ? schedule.get(i).tokens() : 0;
      answers.tensor(TensorNames.ofChunk(TensorNames.TOKEN, i), Tensors.head(token, 1, length));
    }
  }

  private static Tensor ints(List<Chunk> schedule, ToIntFunction<Chunk> number) {
    return Tensor.ofInts(Shape.of(schedule.size()), schedule.stream().mapToInt(number).toArray());
  }

  private static Tensor booleans(List<Chunk> schedule, Predicate<Chunk> property) {
    byte[] values = new byte[schedule.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (property.test(schedule.get(i)) ? 1 : 0);
    }
    return Tensor.of(DType.BOOL, Shape.of(values.length), MemorySegment.ofArray(values));
  }
}
