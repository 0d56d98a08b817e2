package parity.harness.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parity.compare.scan.Metrics;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowOptions;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.random.RandomBuffers;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.TensorNames;
import parity.harness.run.StreamedWay;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Tensors;
import parity.tensors.format.TensorFiles;

/** Seconds and memory that Flow and HiFT take for one utterance. */
public final class Bench {
  /** As upstream's side of the benchmark does, so that nothing is done for the first time. */
  private static final int WARM_UP_TOKENS = 10;

  /** HiFT takes a second or two: its median of so many, after one that is not counted. */
  private static final int HIFT_RUNS = 3;

  private static final double GIGA = 1e9;

  /**
   * What was measured.
   *
   * @param values {@code ready}, {@code flow}, {@code hift} in seconds, {@code peak_gb}, and how
   *     far mel and waveform are off what upstream made, where that is known
   */
  public record Figures(Map<String, Double> values) {}

  /**
   * What is to be measured.
   *
   * @param inputs token, prompt_token int32 [1, n]; prompt_feat [1, 2P, 80]; embedding [1, 192]
   * @param expected python_flow_output and python_audio_output of the same inputs; of no use where
   *     the utterance is spoken in chunks
   * @param nTimesteps Euler steps
   * @param streamed how the utterance is spoken in chunks, if it is
   */
  public record Request(
      Path modelDir,
      Path inputs,
      Optional<Path> expected,
      int threads,
      int nTimesteps,
      Optional<StreamedWay> streamed) {}

  private Bench() {}

  /** Runs the benchmark. */
  public static Figures run(Request request) {
    Path modelDir = request.modelDir();
    Optional<Path> expected = request.expected();
    CosyVoiceConfig config = CosyVoiceConfigReader.read(modelDir);
    FlowOptions options = new FlowOptions(Engine.of(request.threads()), request.nTimesteps());
    Map<String, Double> figures = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined();
        TensorFile file = TensorFiles.open(request.inputs());
        CheckpointWeights flowWeights = ModelWeights.flow(modelDir, config);
        CheckpointWeights hiftWeights = ModelWeights.hift(modelDir, config);
        Flow flow = new Flow(config.flow(), flowWeights, options);
        Hift hift = new Hift(config.hift(), hiftWeights, HiftOptions.of(request.threads()))) {
      FlowInput input =
          new FlowInput(
              file.get(TensorNames.TOKEN),
              file.get(TensorNames.PROMPT_TOKEN),
              file.get(TensorNames.PROMPT_FEAT),
              file.get(TensorNames.EMBEDDING),
              false,
              true);
      int samples =
          Math.toIntExact(
              input.token().elements()
                  * config.flow().tokenMelRatio()
                  * config.hift().samplesPerFrame());
      RandomBuffers random = RandomBuffers.draw(config, samples, arena);
      SourceNoise noise = SourceNoise.of(random.nsfRandIni(), random.nsfSineWaves());
      if (request.streamed().isPresent()) {
        StreamingBench bench =
            new StreamingBench(config, flow, hift, input, random.randNoise(), noise);
        figures.putAll(bench.run(request.streamed().get()));
        peakGigabytes().ifPresent(peak -> figures.put("peak_gb", peak));
        return new Figures(figures);
      }
      flow.ready();
      figures.put("ready", sinceStart());
      Tensor warm = flow.inference(shortened(input), random.randNoise(), arena);
      hift.inference(warm, noise, true, TapSink.NONE, arena);

      long start = System.nanoTime();
      Tensor mel = flow.inference(input, random.randNoise(), arena);
      figures.put("flow", (System.nanoTime() - start) / GIGA);
      Tensor given = expected.map(path -> copyOf(path, TensorNames.FLOW_OUTPUT, arena)).orElse(mel);
      Speech speech = hift.inference(given, noise, true, TapSink.NONE, arena);
      figures.put(
          "hift", medianSeconds(() -> hift.inference(given, noise, true, TapSink.NONE, arena)));
      peakGigabytes().ifPresent(peak -> figures.put("peak_gb", peak));
      expected.ifPresent(path -> {
        Tensor audio = copyOf(path, TensorNames.AUDIO_OUTPUT, arena);
        figures.put("mel_relative_l2", Metrics.measure(given, mel).relativeL2());
        figures.put("audio_relative_l2", Metrics.measure(audio, speech.audio()).relativeL2());
      });
    }
    return new Figures(figures);
  }

  private static double medianSeconds(Runnable work) {
    double[] seconds = new double[HIFT_RUNS];
    for (int run = 0; run < HIFT_RUNS; run++) {
      long start = System.nanoTime();
      work.run();
      seconds[run] = (System.nanoTime() - start) / GIGA;
    }
    Arrays.sort(seconds);
    return seconds[HIFT_RUNS / 2];
  }

  private static FlowInput shortened(FlowInput input) {
    long length = Math.min(WARM_UP_TOKENS, input.token().elements());
    Tensor head = Tensors.head(input.token(), 1, length);
    return new FlowInput(
        head, input.promptToken(), input.promptFeat(), input.embedding(), false, true);
  }

  private static Tensor copyOf(Path path, String name, Arena arena) {
    try (TensorFile file = TensorFiles.open(path)) {
      Tensor tensor = file.get(name);
      Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), arena);
      copy.data().copyFrom(tensor.data());
      return copy;
    }
  }

  static double sinceStart() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - started) / 1e3;
  }

  /** The process' largest resident set, where the system tells it: Linux does. */
  static OptionalDouble peakGigabytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return OptionalDouble.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / GIGA)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
