/** Tests of what a run comes to. No model runs here. */
@NullMarked
package parity.harness.result;

import org.jspecify.annotations.NullMarked;
