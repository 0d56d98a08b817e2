/**
 * Tests of the package of this name.
 *
 * <p>What a whole run does is tested above.
 */
@NullMarked
package parity.harness.capture;

import org.jspecify.annotations.NullMarked;
