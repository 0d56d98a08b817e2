/**
 * A folder of tensors that another port computed before, read by the names that are expected.
 *
 * <p>Nothing here judges, or starts a process.
 */
@NullMarked
package parity.harness.port.dump;

import org.jspecify.annotations.NullMarked;
