/**
 * Tests of what stages keep for reports.
 *
 * <p>No model runs here.
 */
@NullMarked
package parity.harness.stage;

import org.jspecify.annotations.NullMarked;
