package parity.harness.plan;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Chunks;
import parity.harness.capture.TensorNames;
import parity.harness.limits.Yardstick;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Tensors;

/**
 * What was heard of Python: all of it, or what one chunk added.
 *
 * @param name as the stage compares it
 * @param chunk which chunk; none for the whole
 * @param offset how many samples were heard before
 * @param audio [1, S]
 * @param rounding what Python's own float32 took off it, [1, S], where that is known
 */
record HeardChunk(
    String name, Optional<Integer> chunk, long offset, Tensor audio, Optional<Rounding> rounding) {
  /** Sound this near to Python's is Python's. */
  private static final double ENOUGH_DB = 50;

  /** How much farther from Python than Python is from itself in float64 sound may be. */
  private static final double ALLOWANCE_DB = 6;

  private static final String AUDIO = TensorNames.AUDIO_OUTPUT;

  /** The same from text to waveform in float64: the mel is exact, too. */
  private static final String END_TO_END = AUDIO + ".end_to_end";

  private static final String WHOLE = "flow and vocoder";

  /** A truth that is farther from the sound is none; the farthest seen was 31 dB. */
  private static final double LOUDEST_DB = 10;

  /**
   * Python's rounding.
   *
   * @param truth float64 minus float32, of the same shape as the sound
   * @param from what was computed in float64
   */
  record Rounding(Tensor truth, String from) {}

  /** All chunks of a streamed capture, and the whole, which is the last. */
  static List<HeardChunk> all(Capture capture, Captured full, Arena arena) {
    List<HeardChunk> all = new ArrayList<>();
    Chunks.of(capture)
        .ifPresent(chunks -> {
          for (int i = 0; i < chunks.count(); i++) {
            Tensor returned = chunks.get(AUDIO, i, DType.F32, 1, Captured.ANY);
            long offset = chunks.speechOffset(i);
            all.add(
                new HeardChunk(
                    TensorNames.ofChunk(AUDIO, i),
                    Optional.of(i),
                    offset,
                    from(returned, offset, arena),
                    rounding(capture.truthChunks(), "#" + i)
                        .map(r -> new Rounding(from(r.truth(), offset, arena), r.from()))));
          }
        });
    all.add(
        new HeardChunk(
            AUDIO,
            Optional.empty(),
            0,
            full.get(AUDIO, DType.F32, 1, Captured.ANY),
            rounding(capture.truthOutputs(), "")));
    return all;
  }

  private static Optional<Rounding> rounding(Optional<TensorFile> truths, String suffix) {
    return truths.flatMap(file ->
        Stream.of(
                new String[] {END_TO_END + suffix, WHOLE}, new String[] {AUDIO + suffix, "vocoder"})
            .filter(known -> file.contains(known[0]))
            .findFirst()
            .map(known -> new Rounding(file.get(known[0]), known[1])));
  }

  private static Tensor from(Tensor audio, long offset, Arena arena) {
    long first = Math.min(offset, audio.elements());
    return Tensors.narrow(audio, -1, first, audio.elements() - first, arena);
  }

  /**
   * What sound is judged by; what rounding can do is asked when it is needed.
   *
   * @param rounding how far sound moves when its mel is off by rounding
   */
  Yardstick yardstick(Capture capture, Supplier<MelRounding> rounding) {
    return actual ->
        unusable(capture)
            .<Yardstick.Judged>map(Yardstick.Judged.Unusable::new)
            .orElseGet(() -> new Yardstick.Judged.By(basis(actual, rounding)));
  }

  private Basis.Signal basis(Tensor actual, Supplier<MelRounding> rounding) {
    Basis.Signal basis = basis();
    boolean asLong = actual.shape().equals(audio.shape());
    return asLong && Metrics.measure(audio, actual).snrDb() < basis.snrDb()
        ? basis(rounding.get())
        : basis;
  }

  /** Why its truth cannot be one; empty where it can, or none is expected. */
  private Optional<String> unusable(Capture capture) {
    if (capture.endToEndTruthExpected()
        && rounding.filter(known -> known.from().equals(WHOLE)).isEmpty()) {
      return Optional.of("is missing, " + END_TO_END + " of the float64 truths");
    }
    return rounding.map(Rounding::truth).flatMap(this::unusable);
  }

  private Optional<String> unusable(Tensor truth) {
    if (!truth.shape().equals(audio.shape())) {
      return Optional.of("is " + truth + ", and the sound " + audio);
    }
    double own = ownSnrDb(truth);
    return own >= LOUDEST_DB
        ? Optional.empty()
        : Optional.of("is %.1f dB from the sound, which is no rounding".formatted(own));
  }

  /** How near it has to be by what is known of Python's rounding. */
  private Basis.Signal basis() {
    return basis(
        rounding.map(known -> ownSnrDb(known.truth())).orElse(Double.POSITIVE_INFINITY),
        rounding
            .map(known ->
                "Python's float32 is %.1f dB from its float64 (%s)"
                    .formatted(ownSnrDb(known.truth()), known.from()))
            .orElse("no float64 truth"));
  }

  /** The same where Python's rounding was by luck less than rounding can be. */
  private Basis.Signal basis(MelRounding melRounding) {
    double moved = melRounding.snrDb(offset, offset + audio.elements());
    double own = rounding.map(known -> ownSnrDb(known.truth())).orElse(moved);
    return basis(
        Math.min(own, moved),
        "what its mel is off by moves it by %.1f dB; %s".formatted(moved, basis().source()));
  }

  private static Basis.Signal basis(double lawful, String why) {
    double limit = Math.min(ENOUGH_DB, lawful - ALLOWANCE_DB);
    return new Basis.Signal(
        limit, String.format(Locale.ROOT, "at least %.1f dB, as %s", limit, why));
  }

  private double ownSnrDb(Tensor truth) {
    double signal = 0;
    double noise = 0;
    for (long i = 0; i < audio.elements(); i++) {
      signal += (double) audio.getFloat(i) * audio.getFloat(i);
      noise += truth.getDouble(i) * truth.getDouble(i);
    }
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }
}
