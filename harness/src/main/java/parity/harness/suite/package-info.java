/**
 * The fewest captures that exercise all regimes of a model, found by trying: recordings and texts
 * of the project's own, one attempt after the other by a loaded upstream, and of these a cover.
 *
 * <p>Must not live here: how a regime is counted ({@code regime}), and what a capture is made of
 * ({@code capture/}, in Python).
 */
@NullMarked
package parity.harness.suite;

import org.jspecify.annotations.NullMarked;
