package parity.harness.port.java;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.port.Modules;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;

/** A part of the model whose modules can be run one by one; its checkpoint is opened once. */
abstract class JavaPart extends JavaPort implements Modules {
  /** What the part works on. */
  final PortContext context;

  /** How the part is made. */
  final NativeSide nativeSide;

  private @Nullable CheckpointWeights weights;

  JavaPart(PortContext context, NativeSide nativeSide, Scope scope) {
    super(scope);
    this.context = context;
    this.nativeSide = nativeSide;
  }

  /** Opens the part's checkpoint. */
  abstract CheckpointWeights openWeights();

  @Override
  public final Optional<Modules> modules() {
    return Optional.of(this);
  }

  @Override
  public final Weights weights() {
    if (weights == null) {
      weights = openWeights();
    }
    return weights;
  }

  @Override
  public final void close() {
    if (weights != null) {
      weights.close();
    }
  }
}
