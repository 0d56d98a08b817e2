package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.harness.capture.TensorNames;
import parity.harness.plan.inputs.HiftInputs;
import parity.harness.port.Answers;
import parity.tensors.Tensor;

/**
 * The source module's random buffers.
 *
 * @param drawn made anew from seed and configuration
 * @param used what the vocoder runs on: the captured ones, where there are any
 */
record SourceBuffers(SourceNoise drawn, SourceNoise used) {
  /** Draws as many as the captured source has samples. */
  static SourceBuffers draw(CosyVoiceConfig config, HiftInputs inputs, Arena arena) {
    int length = Math.toIntExact(inputs.audio().elements());
    RandomBuffers random = RandomBuffers.draw(config, length, arena);
    Optional<Tensor> uv = Optional.of(RandomBuffers.uv(config, length, arena));
    SourceNoise drawn = new SourceNoise(random.nsfRandIni(), random.nsfSineWaves(), uv);
    return new SourceBuffers(
        drawn,
        inputs
            .noise()
            .map(noise -> new SourceNoise(noise.randIni(), noise.sineWaves(), uv))
            .orElse(drawn));
  }

  void answer(Answers answers) {
    if (answers.wants(TensorNames.NSF_RAND_INI)) {
      answers.tensor(TensorNames.NSF_RAND_INI, drawn.randIni());
      answers.tensor(TensorNames.NSF_SINE_WAVES, drawn.sineWaves());
    }
  }
}
