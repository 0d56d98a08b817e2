/**
 * Tests of what a run says.
 *
 * <p>No model runs here; results are made by hand.
 */
@NullMarked
package parity.harness.report;

import org.jspecify.annotations.NullMarked;
