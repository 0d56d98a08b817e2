/**
 * Tests of how a capture's files and settings are read, and of what is refused.
 *
 * <p>No model runs here.
 */
@NullMarked
package parity.harness.capture;

import org.jspecify.annotations.NullMarked;
