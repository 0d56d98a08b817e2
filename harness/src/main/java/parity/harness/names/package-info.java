/**
 * How the tensors of another port are called: names files, and which names are near to another.
 *
 * <p>Nothing here compares, and nothing is ever matched that was not said.
 */
@NullMarked
package parity.harness.names;

import org.jspecify.annotations.NullMarked;
