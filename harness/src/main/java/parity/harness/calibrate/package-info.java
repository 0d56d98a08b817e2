/**
 * The table of limits, made of legal variants of upstream that are held against their captures.
 *
 * <p>Nothing here judges: what a difference is, {@code parity.compare} says, as it does for a
 * candidate.
 */
@NullMarked
package parity.harness.calibrate;

import org.jspecify.annotations.NullMarked;
