package parity.cosyvoice.hift.generator;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * One turn of the loop in {@code CausalHiFTGenerator.decode} of hifigan/generator.py: upsampling,
 * fusion with the source, and the mean of the residual blocks; the last one has the convolution to
 * the spectrum too.
 *
 * @param index which turn, from 0
 * @param channelsIn of its input
 * @param sourceRate frames of the source's spectrum for one frame of its output
 */
public record Stage(HiftConfig config, int index, int channelsIn, int sourceRate) {
  public static final int POST_KERNEL = 7;
  private static final float POST_SLOPE = 0.01f;
  private static final float MAX_MAGNITUDE = 1e2f;

  /** All stages, in order. */
  public static List<Stage> all(HiftConfig config) {
    List<Integer> rates = config.upsampleRates();
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      int rate = rates.subList(i + 1, rates.size()).stream().reduce(1, Math::multiplyExact);
      stages.add(new Stage(config, i, config.baseChannels() >> i, rate));
    }
    return stages;
  }

  /** Output frames for one of its input. */
  public int rate() {
    return config.upsampleRates().get(index);
  }

  /** Whether the spectrum comes out of it. */
  public boolean isLast() {
    return index == config.upsampleRates().size() - 1;
  }

  /** Channels of the result. */
  public int channelsOut() {
    return isLast() ? config.nFft() + 2 : channels();
  }

  private int channels() {
    return channelsIn / 2;
  }

  /**
   * Adds the stage to a graph.
   *
   * @param x [1, channelsIn, T]
   * @param source the source's spectrum [1, n_fft + 2, T * rate * sourceRate + 1]
   * @param arena owns the weights that had to be computed
   * @return [1, channelsOut, T * rate]; one frame more from the last stage
   */
  public Value forward(Graph g, Value x, Value source, Arena arena) {
    x = g.node("LeakyRelu", List.of(x), Attribute.of("alpha", (float) config.lreluSlope()));
    x = upsample().forward(g, x, arena);
    if (isLast()) {
      Value reflected =
          g.node("Pad", List.of(x, g.longs(0, 0, 1, 0, 0, 0)), Attribute.of("mode", "reflect"));
      x = g.tap("reflection_pad", reflected);
    }
    Value si = sourceResblock().forward(g, sourceDown().forward(g, source));
    x = Ops.add(g, x, si);
    List<ResBlock> blocks = resblocks();
    Value xs = blocks.getFirst().forward(g, x);
    for (ResBlock block : blocks.subList(1, blocks.size())) {
      xs = Ops.add(g, xs, block.forward(g, x));
    }
    x = g.node("Div", List.of(xs, g.scalar((float) blocks.size())));
    return isLast() ? spectrum(g, x) : x;
  }

  /** The end of {@code decode} up to the inverse transform: real parts, then imaginary ones. */
  private Value spectrum(Graph g, Value x) {
    x = g.node("LeakyRelu", List.of(x), Attribute.of("alpha", POST_SLOPE));
    x = CausalConv1d.of("conv_post", channels(), channelsOut(), POST_KERNEL, 1).forward(g, x);
    List<Value> halves = Ops.chunk(g, x, 2, 1, channelsOut());
    Value magnitude = g.node("Exp", List.of(halves.getFirst()));
    magnitude = g.node("Min", List.of(magnitude, g.scalar(MAX_MAGNITUDE)));
    Value phase = g.node("Sin", List.of(halves.getLast()));
    return Ops.concat(
        g,
        1,
        Ops.mul(g, magnitude, g.node("Cos", List.of(phase))),
        Ops.mul(g, magnitude, g.node("Sin", List.of(phase))));
  }

  /**
   * Input frames to the left of its own that an output frame depends on, when all paddings are
   * taken for wrong.
   */
  public int reach() {
    int fused = Math.max(upsample().kernel(), sourceResblock().reach()) + 1;
    int blocks = resblocks().stream().mapToInt(ResBlock::reach).max().orElse(0);
    return Math.ceilDiv(fused + blocks + (isLast() ? POST_KERNEL : 0), rate());
  }

  private CausalConv1dUpsample upsample() {
    int kernel = config.upsampleKernelSizes().get(index);
    return new CausalConv1dUpsample("ups." + index, channelsIn, channels(), kernel, rate());
  }

  private CausalConv1d sourceDown() {
    int kernel = sourceRate == 1 ? 1 : 2 * sourceRate;
    return new CausalConv1d(
        "source_downs." + index, config.nFft() + 2, channels(), kernel, sourceRate, 1);
  }

  private ResBlock sourceResblock() {
    return new ResBlock(
        "source_resblocks." + index,
        channels(),
        config.sourceResblockKernelSizes().get(index),
        config.sourceResblockDilationSizes().get(index));
  }

  private List<ResBlock> resblocks() {
    List<Integer> kernels = config.resblockKernelSizes();
    List<ResBlock> blocks = new ArrayList<>();
    for (int j = 0; j < kernels.size(); j++) {
      String path = "resblocks." + (index * kernels.size() + j);
      blocks.add(
          new ResBlock(path, channels(), kernels.get(j), config.resblockDilationSizes().get(j)));
    }
    return blocks;
  }
}
