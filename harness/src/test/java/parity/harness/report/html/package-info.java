/**
 * Tests of {@code report.html}: what is written, and what a browser makes of it.
 *
 * <p>No model runs here; results are made by hand.
 */
@NullMarked
package parity.harness.report.html;

import org.jspecify.annotations.NullMarked;
