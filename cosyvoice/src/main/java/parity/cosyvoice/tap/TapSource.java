package parity.cosyvoice.tap;

import java.util.Optional;
import parity.tensors.Tensor;

/**
 * What a reference computed, for a run in which every module starts from the reference's own
 * numbers: such a run shows what each module does on its own, whatever was wrong before it.
 */
@FunctionalInterface
public interface TapSource {
  /** For a run that starts from its own numbers throughout. */
  TapSource NONE = (name, call) -> Optional.empty();

  /**
   * The output of a module, or the input {@code path:parameter} of one.
   *
   * @param name as in a capture, e.g. {@code llm.llm.model.model.norm}
   * @param call how many times the module had been called before in this run
   * @return empty if the reference does not have it
   */
  Optional<Tensor> get(String name, int call);
}
