/**
 * The command line as a value in, a value out.
 *
 * <p>Nothing here computes or compares.
 */
@NullMarked
package parity.harness;

import org.jspecify.annotations.NullMarked;
