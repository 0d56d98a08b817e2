package parity.cosyvoice.audio;

import java.util.Arrays;

/** Triangular filters over the frequencies of an FFT, float32 as upstream's. */
final class MelBank {
  private static final double KALDI_SCALE = 1127;
  private static final double KALDI_BREAK = 700;

  private final int[] first;
  private final float[][] weights;

  /**
   * @param filters {bands, frequencies}, mostly zero
   */
  private MelBank(float[][] filters) {
    this.first = new int[filters.length];
    this.weights = new float[filters.length][];
    for (int band = 0; band < filters.length; band++) {
      float[] filter = filters[band];
      int begin = 0;
      int end = filter.length;
      while (begin < end && filter[begin] == 0) {
        begin++;
      }
      while (end > begin && filter[end - 1] == 0) {
        end--;
      }
      first[band] = begin;
      weights[band] = Arrays.copyOfRange(filter, begin, end);
    }
  }

  int bands() {
    return weights.length;
  }

  /** Weight of a frequency in a band. */
  float weight(int band, int frequency) {
    int at = frequency - first[band];
    return at >= 0 && at < weights[band].length ? weights[band][at] : 0;
  }

  /** The sum over the frequencies of a spectrum, weighted by one band. */
  double apply(int band, double[] spectrum) {
    double sum = 0;
    for (int i = 0; i < weights[band].length; i++) {
      sum += weights[band][i] * spectrum[first[band] + i];
    }
    return sum;
  }

  /**
   * {@code librosa.filters.mel(sr, n_fft, n_mels, fmin, fmax)}: Slaney's mel scale, each filter of
   * the same area. Whisper's {@code assets/mel_filters.npz} holds the same.
   */
  static MelBank slaney(int sr, int nFft, int nMels, double fmin, double fmax) {
    double lowest = SlaneyScale.hzToMel(fmin);
    double highest = SlaneyScale.hzToMel(fmax);
    double step = (highest - lowest) / (nMels + 1);
    double[] edges = new double[nMels + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = SlaneyScale.melToHz(i == nMels + 1 ? highest : i * step + lowest);
    }
    double resolution = 1 / (nFft * (1.0 / sr));
    float[][] filters = new float[nMels][nFft / 2 + 1];
    for (int band = 0; band < nMels; band++) {
      double area = 2 / (edges[band + 2] - edges[band]);
      for (int k = 0; k < filters[band].length; k++) {
        double frequency = k * resolution;
        double lower = -(edges[band] - frequency) / (edges[band + 1] - edges[band]);
        double upper = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
        // Rounded twice, as NumPy does when it scales a float32 array in place.
        float triangle = (float) Math.max(0, Math.min(lower, upper));
        filters[band][k] = (float) (triangle * area);
      }
    }
    return new MelBank(filters);
  }

  /**
   * {@code torchaudio.compliance.kaldi.get_mel_banks(num_bins, size, rate, low, rate / 2)}, which
   * computes in float32. The highest frequency has no weight.
   */
  static MelBank kaldi(int numBins, int size, double rate, double low) {
    double lowest = KALDI_SCALE * Math.log(1 + low / KALDI_BREAK);
    double highest = KALDI_SCALE * Math.log(1 + rate / 2 / KALDI_BREAK);
    float origin = (float) lowest;
    float delta = (float) ((highest - lowest) / (numBins + 1));
    float[][] filters = new float[numBins][size / 2];
    for (int bin = 0; bin < numBins; bin++) {
      float left = origin + bin * delta;
      float center = origin + (bin + 1f) * delta;
      float right = origin + (bin + 2f) * delta;
      for (int k = 0; k < size / 2; k++) {
        float frequency = (float) (rate / size) * k;
        float ratio = 1 + frequency / (float) KALDI_BREAK;
        float mel = (float) KALDI_SCALE * (float) Math.log(ratio);
        float up = (mel - left) / (center - left);
        float down = (right - mel) / (right - center);
        filters[bin][k] = Math.max(0, Math.min(up, down));
      }
    }
    return new MelBank(filters);
  }
}
