/**
 * Tests of what a person at a terminal sees.
 *
 * <p>No model runs here, and no real terminal is needed.
 */
@NullMarked
package parity.harness.console;

import org.jspecify.annotations.NullMarked;
