package parity.cosyvoice.flow;

/** Times at which the Euler solver looks, as flow/flow_matching.py computes them in float32. */
final class TimeSchedule {
  private TimeSchedule() {}

  /**
   * One Euler step.
   *
   * @param t its time
   * @param dt how far it goes
   */
  record Step(float t, float dt) {}

  /** The steps of {@code solve_euler}: time is summed up, and what is left of it corrected. */
  static Step[] steps(int nTimesteps, boolean cosine) {
    float[] tSpan = tSpan(nTimesteps, cosine);
    Step[] steps = new Step[nTimesteps];
    float t = tSpan[0];
    float dt = tSpan[1] - tSpan[0];
    for (int step = 1; step <= nTimesteps; step++) {
      steps[step - 1] = new Step(t, dt);
      t += dt;
      if (step < nTimesteps) {
        dt = tSpan[step + 1] - t;
      }
    }
    return steps;
  }

  /** {@code torch.linspace(0, 1, n + 1)}, and if cosine {@code 1 - cos(t * 0.5 * pi)} of it. */
  static float[] tSpan(int nTimesteps, boolean cosine) {
    float[] tSpan = linspace(nTimesteps);
    if (cosine) {
      for (int i = 0; i < tSpan.length; i++) {
        tSpan[i] = 1 - (float) Math.cos(tSpan[i] * 0.5f * (float) Math.PI);
      }
    }
    return tSpan;
  }

  /** PyTorch counts the first half up from 0 and the rest down from 1, each rounded once. */
  private static float[] linspace(int n) {
    float step = 1f / n;
    float[] values = new float[n + 1];
    for (int i = 0; i <= n; i++) {
      values[i] = i < (n + 1) / 2 ? step * i : Math.fma(-step, n - i, 1f);
    }
    return values;
  }
}
