package parity.harness.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.Decoding;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.TensorNames;
import parity.tensors.TensorFile;
import parity.tensors.format.TensorFiles;
import parity.tensors.random.TorchGenerator;

/**
 * Seconds and memory that the language model takes to draw tokens. Each step samples, and goes on
 * with the token that upstream's side of the benchmark drew.
 */
public final class LlmBench {
  private static final long SEED = 0;
  private static final int WARM_UP_STEPS = 20;
  private static final double GIGA = 1e9;

  private final Llm llm;
  private final LlmPrompt prompt;
  private final TokenSampling sampling;
  private final int[] tokens;

  private LlmBench(Llm llm, LlmPrompt prompt, TokenSampling sampling, int... tokens) {
    this.llm = llm;
    this.prompt = prompt;
    this.sampling = sampling;
    this.tokens = tokens;
  }

  /**
   * Runs the benchmark.
   *
   * @param inputs prompt_text, text, llm_prompt_speech_token and speech_tokens, int32 [1, n]
   * @return {@code ready} and {@code prompt} in seconds, {@code tokens_per_s}, {@code same_tokens},
   *     the part of the tokens that are upstream's, {@code peak_gb}
   */
  public static Map<String, Double> run(Path modelDir, Path inputs, int threads) {
    CosyVoiceConfig all = CosyVoiceConfigReader.read(modelDir);
    LlmConfig config = all.llm();
    try (TensorFile file = TensorFiles.open(inputs);
        CheckpointWeights weights = ModelWeights.llm(modelDir, ModelWeights.LLM, all);
        Llm llm = new Llm(config, Qwen2ConfigReader.read(modelDir), weights, Engine.of(threads))) {
      LlmPrompt prompt =
          new LlmPrompt(
              file.get(TensorNames.PROMPT_TEXT),
              file.get(TensorNames.TEXT),
              file.get(TensorNames.LLM_PROMPT_SPEECH_TOKEN));
      LlmBench bench =
          new LlmBench(
              llm,
              prompt,
              TokenSampling.of(config, prompt.text().elements()),
              file.get(TensorNames.SPEECH_TOKENS).toInts());
      Map<String, Double> figures = new LinkedHashMap<>();
      bench.speak(Math.min(WARM_UP_STEPS, bench.tokens.length));
      figures.put("ready", Bench.sinceStart());
      figures.putAll(bench.speak(bench.tokens.length));
      Bench.peakGigabytes().ifPresent(peak -> figures.put("peak_gb", peak));
      return figures;
    }
  }

  private Map<String, Double> speak(int steps) {
    Multinomial multinomial = Multinomial.of(new TorchGenerator(SEED));
    List<Integer> said = new ArrayList<>();
    int same = 0;
    long start = System.nanoTime();
    long first = start;
    try (Decoding decoding = llm.decode(prompt, steps)) {
      for (int step = 0; step < steps; step++) {
        if (step > 0) {
          decoding.next(tokens[step - 1]);
        }
        int token = sampling.sample(decoding.logp().toFloats(), said, multinomial);
        same += token == tokens[step] ? 1 : 0;
        said.add(tokens[step]);
        first = step == 0 ? System.nanoTime() : first;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("prompt", (first - start) / GIGA);
    figures.put("tokens_per_s", (steps - 1) / ((System.nanoTime() - first) / GIGA));
    figures.put("same_tokens", (double) same / steps);
    return figures;
  }
}
