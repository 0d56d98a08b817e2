package parity.cosyvoice.synthesis;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowOptions;
import parity.cosyvoice.frontend.Frontend;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.synthesis.steps.FixedNoise;
import parity.cosyvoice.text.TextFrontend;
import parity.cosyvoice.weights.CheckpointWeights;

/**
 * The parts of a model folder, shared by all requests. The language model and the text frontend may
 * be used by several requests at once; flow and vocoder by one at a time, each in its turn.
 */
final class Parts implements AutoCloseable {
  private final Path modelDir;
  private final CosyVoiceConfig config;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Lock turn = new ReentrantLock(true);
  private final TextFrontend text;
  private final Llm llm;
  private final Flow flow;
  private final Hift hift;
  private final FixedNoise noise;
  private final String fingerprint;

  /**
   * Opens a folder. Weights are mapped, not read.
   *
   * @throws parity.tensors.BadInputException if a file is missing, or two do not go together
   */
  Parts(Path modelDir, SynthesisOptions options) {
    this.modelDir = modelDir;
    this.config = CosyVoiceConfigReader.read(modelDir);
    Engine engine = Engine.of(options.threads());
    try {
      text = TextFrontend.open(modelDir);
      CheckpointWeights llmWeights = owned(ModelWeights.llm(modelDir, options.llm(), config));
      llm = owned(new Llm(config.llm(), Qwen2ConfigReader.read(modelDir), llmWeights, engine));
      CheckpointWeights flowWeights = owned(ModelWeights.flow(modelDir, config));
      fingerprint = flowWeights.fingerprint();
      flow =
          owned(
              new Flow(config.flow(), flowWeights, new FlowOptions(engine, options.nTimesteps())));
      CheckpointWeights hiftWeights = owned(ModelWeights.hift(modelDir, config));
      HiftOptions vocoder =
          new HiftOptions(engine, options.voicedThreshold(), options.f0Precision());
      hift = owned(new Hift(config.hift(), hiftWeights, vocoder));
      noise = new FixedNoise(config);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T owned(T part) {
    opened.push(part);
    return part;
  }

  CosyVoiceConfig config() {
    return config;
  }

  /** Tells this model from another. */
  String fingerprint() {
    return fingerprint;
  }

  TextFrontend text() {
    return text;
  }

  Llm llm() {
    return llm;
  }

  /** To be used {@link #inTurn}. */
  Flow flow() {
    return flow;
  }

  /** To be used {@link #inTurn}. */
  Hift hift() {
    return hift;
  }

  /** Runs something of flow or vocoder when nobody else does. */
  <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  FixedNoise noise() {
    return noise;
  }

  /** The two ONNX models, which are a gigabyte and are seldom asked: the caller closes them. */
  Frontend openFrontend() {
    return Frontend.open(modelDir, config);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
