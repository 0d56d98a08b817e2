/**
 * Two files of tensors held against each other: which belong together, and what is said of it.
 *
 * <p>What a difference means is decided in {@code parity.compare}; nothing here knows of a model or
 * a capture.
 */
@NullMarked
package parity.harness.diff;

import org.jspecify.annotations.NullMarked;
