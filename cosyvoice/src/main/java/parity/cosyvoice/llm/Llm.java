package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import java.util.Set;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session.Packing;
import parity.cosyvoice.onnx.Session.Scratch;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * {@code CosyVoice3LM} of upstream's {@code llm/llm.py}. It reads {@code llm.pt} in place, and
 * needs it open as long as it lives.
 */
public final class Llm implements AutoCloseable {
  private final LlmConfig config;
  private final LlmGraph graph;
  private final LlmInput input;
  private final WatchedGraph watched;
  private boolean closed;

  /**
   * @param config {@code llm} of {@code cosyvoice3.yaml}
   * @param qwen {@code CosyVoice-BlankEN/config.json}
   * @param weights {@code llm.pt}
   * @param engine makes the graph ready
   * @throws BadInputException if the dimensions of the three do not agree
   */
  public Llm(LlmConfig config, Qwen2Config qwen, Weights weights, Engine engine) {
    requireWidths(config, qwen);
    input = new LlmInput(config, qwen, weights);
    this.config = config;
    graph = LlmGraph.of(config, qwen, new Graph(weights));
    watched =
        new WatchedGraph(
            cuts -> LlmGraph.of(config, qwen, new Graph(weights, cuts)).graph(),
            DType.F32,
            Set.of(),
            (model, isWatched) -> engine.open(model, Packing.IN_PLACE, Scratch.KEPT));
  }

  static void requireWidths(LlmConfig config, Qwen2Config qwen) {
    requireWidth("llm_input_size", config.inputSize(), qwen);
    requireWidth("llm_output_size", config.outputSize(), qwen);
  }

  private static void requireWidth(String name, int width, Qwen2Config qwen) {
    if (width != qwen.hiddenSize()) {
      throw new BadInputException(
          "cosyvoice3.yaml: %s is %d, but CosyVoice-BlankEN/config.json says hidden_size %d; take both from one model"
              .formatted(name, width, qwen.hiddenSize()));
    }
  }

  /**
   * Runs the prompt.
   *
   * @param maxTokens how many tokens may follow it
   */
  public Decoding decode(LlmPrompt prompt, int maxTokens) {
    return decode(prompt, maxTokens, TapSink.NONE);
  }

  /** As {@link #decode(LlmPrompt, int)}, every module's output going to {@code sink}. */
  public Decoding decode(LlmPrompt prompt, int maxTokens, TapSink sink) {
    return start(prompt, maxTokens, sink, TapSource.NONE);
  }

  /**
   * Speaks: draws tokens after the prompt, at least twice and at most twenty times as many as the
   * text has, as upstream counts them.
   *
   * @param generator what PyTorch's is in upstream, seeded; only {@link SpeechTokens#next} draws
   *     from it
   * @throws BadInputException if the text has no {@code <|endofprompt|>}
   */
  public SpeechTokens generate(LlmPrompt prompt, TorchGenerator generator) {
    return generate(prompt, Multinomial.of(generator));
  }

  /** As {@link #generate(LlmPrompt, TorchGenerator)}, with another way of choosing. */
  public SpeechTokens generate(LlmPrompt prompt, Multinomial multinomial) {
    prompt.requireEndOfPrompt();
    TokenSampling sampling = TokenSampling.of(config, prompt.text().elements());
    return new SpeechTokens(() -> decode(prompt, sampling.maxLength() - 1), sampling, multinomial);
  }

  private synchronized Decoding start(
      LlmPrompt prompt, int maxTokens, TapSink sink, TapSource reference) {
    if (closed) {
      throw new IllegalStateException("the language model is closed");
    }
    long capacity = prompt.length() + maxTokens;
    Watch watch = new Watch(LlmGraph.PREFIX, 0, sink, reference);
    Decoding decoding = new Decoding(graph, watched, input, watch, capacity);
    try {
      decoding.start(prompt);
      return decoding;
    } catch (RuntimeException e) {
      decoding.close();
      throw e;
    }
  }

  /**
   * Runs the prompt and then the tokens that the reference drew.
   *
   * @param tokens int32 [1, N]
   * @param steps how many passes the reference made: N where it stopped at its greatest length, N +
   *     1 where it drew a stop token
   * @param arena where the result lives
   * @return {@code llm_logp [steps, speech tokens]}
   * @throws BadInputException if a token is none of the model's, or steps and tokens do not go
   *     together
   */
  public Tensor forced(LlmPrompt prompt, Tensor tokens, long steps, Arena arena) {
    return force(decode(prompt, passes(tokens, steps) - 1), tokens, steps, arena);
  }

  /** As {@link #forced(LlmPrompt, Tensor, long, Arena)}, every module's output to {@code sink}. */
  public Tensor forced(LlmPrompt prompt, Tensor tokens, long steps, TapSink sink, Arena arena) {
    return force(decode(prompt, passes(tokens, steps) - 1, sink), tokens, steps, arena);
  }

  /**
   * As {@link #forced(LlmPrompt, Tensor, long, TapSink, Arena)}, but every module starts from what
   * a reference has for its inputs, so its output shows what the module does on its own. Only the
   * keys and values of steps that the reference does not have are the run's own.
   *
   * @param reference what a reference computed for the same prompt and tokens
   */
  public Tensor replay(
      LlmPrompt prompt, Tensor tokens, long steps, TapSource reference, TapSink sink, Arena arena) {
    return force(start(prompt, passes(tokens, steps) - 1, sink, reference), tokens, steps, arena);
  }

  private static int passes(Tensor tokens, long steps) {
    if (steps < 1 || steps < tokens.elements() || steps > tokens.elements() + 1) {
      throw new BadInputException(
          "llm_logp has %d steps for %d speech tokens: expected one a token, or one more"
              .formatted(steps, tokens.elements()));
    }
    return Math.toIntExact(steps);
  }

  private Tensor force(Decoding decoding, Tensor tokens, long steps, Arena arena) {
    try (decoding) {
      Tensor logp = Tensor.allocate(DType.F32, Shape.of(steps, graph.speechTokens()), arena);
      long row = decoding.logp().data().byteSize();
      for (int step = 0; step < steps; step++) {
        if (step > 0) {
          decoding.next(Math.toIntExact(tokens.getLong(step - 1)));
        }
        logp.data().asSlice(step * row, row).copyFrom(decoding.logp().data());
      }
      return logp;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    watched.close();
  }
}
