/**
 * One class a stage: the native side on the captured inputs, every output held against the capture.
 *
 * <p>What a difference means is decided in {@code parity.compare}.
 */
@NullMarked
package parity.harness.stage;

import org.jspecify.annotations.NullMarked;
