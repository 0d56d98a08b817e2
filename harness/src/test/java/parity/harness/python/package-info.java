/** Tests of how the Python side is started. */
@NullMarked
package parity.harness.python;

import org.jspecify.annotations.NullMarked;
