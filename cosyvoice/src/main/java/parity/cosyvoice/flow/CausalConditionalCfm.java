package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.cosyvoice.config.CfmConfig;
import parity.cosyvoice.flow.dit.DiT;
import parity.cosyvoice.tap.Watch;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code CausalConditionalCFM} of flow/flow_matching.py: Euler steps with guidance. */
final class CausalConditionalCfm {
  /** What the Euler solver has arrived at after each step; no module, but a variable upstream. */
  static final String STATE = "decoder.solve_euler.x";

  private final CfmConfig config;
  private final int nTimesteps;

  CausalConditionalCfm(CfmConfig config, int nTimesteps) {
    this.config = config;
    this.nTimesteps = nTimesteps;
  }

  /** How many Euler steps it takes. */
  int nTimesteps() {
    return nTimesteps;
  }

  /**
   * What the solver starts from and is led by.
   *
   * @param z noise [1, 80, T]
   * @param mu tokens [1, 80, T]
   * @param spks speaker [1, 80]
   * @param cond the prompt's mel, then zeros [1, 80, T]
   * @param fixed what the estimator takes besides
   */
  record Conditions(Tensor z, Tensor mu, Tensor spks, Tensor cond, Map<String, Tensor> fixed) {}

  /** The mel [1, 80, T], the prompt's frames with it. */
  Tensor forward(VelocityField estimator, Conditions conditions, Watch watch, Arena arena) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(conditions.fixed());
    inputs.put("mu", guided(conditions.mu(), arena));
    inputs.put("spks", guided(conditions.spks(), arena));
    inputs.put("cond", guided(conditions.cond(), arena));
    Tensor x = Tensor.allocate(DType.F32, conditions.z().shape(), arena);
    x.data().copyFrom(conditions.z().data());

    int call = 0;
    for (TimeSchedule.Step step : TimeSchedule.steps(nTimesteps, config.cosineSchedule())) {
      try (Arena own = Arena.ofConfined()) {
        inputs.put("x", repeated(x, own));
        inputs.put("t", Tensor.ofFloats(Shape.of(DiT.BATCH), step.t(), step.t()));
        Watch now = watch.ofCall(call++);
        euler(x, estimator.forward(inputs, now, own), step.dt());
        x.data().copyFrom(now.pass(STATE, x).data());
      }
    }
    return x;
  }

  /** {@code x = x + dt * ((1 + rate) * dphi_dt - rate * cfg_dphi_dt)}, rounded after every step. */
  void euler(Tensor x, Tensor estimate, float dt) {
    float toward = (float) (1.0 + config.inferenceCfgRate());
    float away = (float) config.inferenceCfgRate();
    long n = x.elements();
    for (long i = 0; i < n; i++) {
      float dphiDt = toward * estimate.getFloat(i) - away * estimate.getFloat(n + i);
      x.setFloat(i, x.getFloat(i) + dt * dphiDt);
    }
  }

  /** A batch of the condition and of nothing in its place. */
  static Tensor guided(Tensor condition, Arena arena) {
    Tensor batch = batch(condition, arena);
    batch.data().asSlice(0, condition.data().byteSize()).copyFrom(condition.data());
    return batch;
  }

  /** A batch of the same twice. */
  static Tensor repeated(Tensor x, Arena arena) {
    Tensor batch = batch(x, arena);
    long bytes = x.data().byteSize();
    for (long row = 0; row < DiT.BATCH; row++) {
      MemorySegment.copy(x.data(), 0, batch.data(), row * bytes, bytes);
    }
    return batch;
  }

  private static Tensor batch(Tensor row, Arena arena) {
    long[] dims = row.shape().dims();
    dims[0] = DiT.BATCH;
    return Tensor.allocate(DType.F32, Shape.of(dims), arena);
  }
}
