/**
 * One module at a time, on Python's own inputs; whether it computes the same twice; and the faults
 * that are put into weights, which must be seen.
 *
 * <p>Nothing here knows which stage a module is of, or how the part is made.
 */
@NullMarked
package parity.harness.replay;

import org.jspecify.annotations.NullMarked;
