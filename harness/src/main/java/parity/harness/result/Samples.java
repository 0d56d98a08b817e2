package parity.harness.result;

import java.util.Arrays;

/** A waveform, or the beginning of one: full scale is from -1 to 1. */
public final class Samples {
  private final float[] values;

  private Samples(float[] values) {
    this.values = values;
  }

  /** A waveform of these samples. */
  public static Samples of(float... values) {
    return new Samples(values.clone());
  }

  public int length() {
    return values.length;
  }

  /** One sample; it may be NaN. */
  public float at(int index) {
    return values[index];
  }

  /** Largest magnitude of the samples that are finite; 0 if there is none. */
  public float peak() {
    float peak = 0;
    for (float value : values) {
      peak = Float.isFinite(value) ? Math.max(peak, Math.abs(value)) : peak;
    }
    return peak;
  }

  /** This less another, as far as both go. */
  public Samples minus(Samples other) {
    float[] difference = Arrays.copyOf(values, Math.min(values.length, other.values.length));
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other.values[i];
    }
    return new Samples(difference);
  }

  /** Every sample times a factor. */
  public Samples times(double gain) {
    float[] louder = values.clone();
    for (int i = 0; i < louder.length; i++) {
      louder[i] = (float) (louder[i] * gain);
    }
    return new Samples(louder);
  }
}
