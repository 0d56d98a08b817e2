package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * {@code CausalMaskedDiffWithDiT} of flow/flow.py: speech tokens to mel.
 *
 * <p>For one thread at a time. The weights must stay open for as long as this is.
 */
public final class Flow implements AutoCloseable {
  /** First output of the decoder, whose second is None. */
  private static final String DECODER = "decoder.0";

  /** What a capture puts before the names of the checkpoint. */
  static final String PREFIX = "flow.";

  /** What a sink gets after every Euler step, [1, 80, frames]: where the solver has arrived. */
  public static final String STATE = PREFIX + CausalConditionalCfm.STATE;

  private final FlowConfig config;
  private final Weights weights;
  private final FlowOptions options;
  private final RotaryEmbedding rotaryEmbed;
  private final CausalConditionalCfm decoder;
  private final Map<Boolean, TokenEncoder> encoders = new ConcurrentHashMap<>();
  private final Map<Boolean, Estimator> estimators = new ConcurrentHashMap<>();
  private final Map<Boolean, CachedEstimator> cached = new ConcurrentHashMap<>();

  /**
   * Builds the graphs for a whole utterance; those for streaming are built when first needed, and
   * each is made ready when it first runs.
   *
   * @param weights of {@code flow.pt}
   * @throws parity.tensors.BadInputException if a weight is missing or is not of the shape that the
   *     configuration makes of it
   */
  public Flow(FlowConfig config, Weights weights, FlowOptions options) {
    this.config = config;
    this.weights = weights;
    this.options = options;
    this.rotaryEmbed = new RotaryEmbedding(config.estimator(), weights);
    this.decoder = new CausalConditionalCfm(config.cfm(), options.nTimesteps());
    try {
      encoder(true);
      estimator(false);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Makes the graphs for a whole utterance ready at once. */
  public void ready() {
    encoder(true).ready();
    estimator(false).ready();
  }

  private TokenEncoder encoder(boolean isFinal) {
    return encoders.computeIfAbsent(
        isFinal, key -> new TokenEncoder(config, weights, options.engine(), key));
  }

  private Estimator estimator(boolean streaming) {
    return estimators.computeIfAbsent(
        streaming, key -> new Estimator(config.estimator(), weights, options.engine(), key));
  }

  private CachedEstimator cachedEstimator() {
    return cached.computeIfAbsent(
        true, key -> new CachedEstimator(config.estimator(), weights, options.engine()));
  }

  /**
   * Paths of all modules whose outputs a sink can have, in the order in which they return. Those of
   * which {@link #runsEachStep} says so run once for every Euler step, the rest once.
   */
  public List<String> taps() {
    return Stream.of(
            encoder(true).taps(),
            estimator(false).taps(),
            List.of(CausalConditionalCfm.STATE),
            List.of(DECODER))
        .flatMap(List::stream)
        .map(path -> PREFIX + path)
        .toList();
  }

  /** Whether the module of that path, as a sink gets it, runs once for every Euler step. */
  public static boolean runsEachStep(String path) {
    return path.startsWith(PREFIX + Estimator.PATH)
        || path.equals(PREFIX + CausalConditionalCfm.STATE);
  }

  /**
   * Which frames attend to which in the estimator, the prompt's frames with them: bool [T, T], row
   * by row of who looks.
   */
  public Tensor attentionMask(FlowInput input, Arena arena) {
    int frames = Math.toIntExact(input.frames(config));
    int chunkSize = input.streaming() ? config.estimator().staticChunkSize() : frames;
    return ChunkMask.visible(frames, chunkSize, arena);
  }

  /**
   * An utterance whose tokens come chunk by chunk.
   *
   * @param promptToken the prompt's speech tokens, int32 [1, P]
   * @param promptFeat the prompt's mel, float32 [1, frames, 80]
   * @param embedding the speaker, float32 [1, 192]
   * @param randNoise {@code CausalConditionalCFM.rand_noise}, [1, 80, frames that may come]; all of
   *     these open as long as the stream is
   */
  public FlowStream stream(
      Tensor promptToken,
      Tensor promptFeat,
      Tensor embedding,
      Tensor randNoise,
      LastChunk lastChunk) {
    ClosedBlocks.Parts parts =
        new ClosedBlocks.Parts(
            config,
            encoder(false),
            encoder(true),
            rotaryEmbed,
            cachedEstimator(),
            decoder,
            options.pastBytes());
    FlowStream.Prompt prompt = new FlowStream.Prompt(promptToken, promptFeat, embedding);
    return new FlowStream(this, config, new ClosedBlocks(parts), prompt, randNoise, lastChunk);
  }

  /** The same as {@link #inference(FlowInput, Tensor, TapSink, Arena)} for nobody to watch. */
  public Tensor inference(FlowInput input, Tensor randNoise, Arena arena) {
    return inference(input, randNoise, TapSink.NONE, arena);
  }

  /**
   * Speaks.
   *
   * @param randNoise {@code CausalConditionalCFM.rand_noise}, [1, 80, frames or more]
   * @param arena where the result lives
   * @return the mel [1, 80, frames], without the prompt's frames
   * @throws parity.tensors.BadInputException if the input does not fit the model
   */
  public Tensor inference(FlowInput input, Tensor randNoise, TapSink sink, Arena arena) {
    return inference(input, randNoise, new Watch(PREFIX, 0, sink, TapSource.NONE), arena);
  }

  /**
   * Speaks as {@link #inference(FlowInput, Tensor, TapSink, Arena)} does, but every module starts
   * from what a reference has for its inputs, so its output shows what the module does on its own.
   *
   * @param reference what a reference computed for the same input
   */
  public Tensor replay(
      FlowInput input, Tensor randNoise, TapSource reference, TapSink sink, Arena arena) {
    return inference(input, randNoise, new Watch(PREFIX, 0, sink, reference), arena);
  }

  private Tensor inference(FlowInput input, Tensor randNoise, Watch watch, Arena arena) {
    input.check(config, randNoise);
    int frames = Math.toIntExact(input.frames(config));
    try (Arena own = Arena.ofConfined()) {
      Map<String, Tensor> encoded =
          encoder(input.isFinal())
              .forward(FlowTensors.tokens(input, own), input.embedding(), watch, own);

      Map<String, Tensor> fixed = new HashMap<>(rotaryEmbed.forwardFromSeqLen(frames, own));
      if (input.streaming()) {
        fixed.put("mask", ChunkMask.of(frames, config.estimator().staticChunkSize(), own));
      }
      Tensor mel =
          decoder.forward(
              estimator(input.streaming()),
              new CausalConditionalCfm.Conditions(
                  Tensors.narrow(randNoise, -1, 0, frames, own),
                  FlowTensors.repeatInterleave(
                      requireNonNull(encoded.get(TokenEncoder.TOKENS)),
                      config.tokenMelRatio(),
                      own),
                  requireNonNull(encoded.get(TokenEncoder.SPEAKER)),
                  FlowTensors.conds(input.promptFeat(), frames, own),
                  fixed),
              watch,
              own);
      mel = watch.pass(DECODER, mel);
      int prompt = Math.toIntExact(input.promptFeat().shape().dim(1));
      return Tensors.narrow(mel, -1, prompt, frames - prompt, arena);
    }
  }

  /** Frees the graphs. */
  @Override
  public void close() {
    encoders.values().forEach(TokenEncoder::close);
    estimators.values().forEach(Estimator::close);
    cached.values().forEach(CachedEstimator::close);
  }
}
