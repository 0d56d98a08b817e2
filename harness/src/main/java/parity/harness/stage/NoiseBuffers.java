package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The source module's random buffers: made anew from seed and configuration, and held against the
 * captured ones. The captured ones are what the native side runs on, where there are any.
 */
record NoiseBuffers(SourceNoise regenerated, Optional<SourceNoise> captured) {
  private static final String RAND_INI = "nsf_rand_ini";
  private static final String SINE_WAVES = "nsf_sine_waves";

  /**
   * @param samples length of the source
   * @throws Blocked if a capture that should hold the buffers does not
   */
  static NoiseBuffers of(StageContext context, Captured full, long samples, Arena arena) {
    int harmonics = context.config().hift().nbHarmonics() + 1;
    int length = Math.toIntExact(samples);
    RandomBuffers random = RandomBuffers.draw(context.config(), length, arena);
    Optional<Tensor> uv = Optional.of(RandomBuffers.uv(context.config(), length, arena));
    SourceNoise regenerated = new SourceNoise(random.nsfRandIni(), random.nsfSineWaves(), uv);
    boolean expected =
        context.capture().saysWhatMadeIt() || full.holds(RAND_INI) || full.holds(SINE_WAVES);
    return new NoiseBuffers(
        regenerated,
        expected
            ? Optional.of(
                new SourceNoise(
                    full.get(RAND_INI, DType.F32, 1, harmonics),
                    full.get(SINE_WAVES, DType.F32, 1, samples, harmonics),
                    uv))
            : Optional.empty());
  }

  void expect(Checks checks) {
    captured.ifPresent(noise -> {
      checks.expect(RAND_INI, noise.randIni());
      checks.expect(SINE_WAVES, noise.sineWaves());
    });
  }

  void compare(Checks checks, StageLog log) {
    captured.ifPresent(noise -> {
      RandomBufferCheck.compare(log, checks, RAND_INI, noise.randIni(), regenerated.randIni());
      RandomBufferCheck.compare(
          log, checks, SINE_WAVES, noise.sineWaves(), regenerated.sineWaves());
    });
  }

  /** What the native side runs on. */
  SourceNoise used() {
    return captured.orElse(regenerated);
  }
}
