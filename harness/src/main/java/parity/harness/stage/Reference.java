package parity.harness.stage;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.tensors.Tensor;

/**
 * A tensor of the capture that a candidate is to have too.
 *
 * @param name that it is expected under
 * @param tensor what upstream computed
 * @param basis what it is judged by; empty if its truth ought to be there and is not
 * @param output whether it is one of the stage's results, not one on the way
 */
record Reference(String name, Tensor tensor, Optional<Basis> basis, boolean output) {}
