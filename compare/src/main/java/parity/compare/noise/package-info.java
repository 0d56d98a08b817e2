/**
 * What the reference's own rounding is, measured against its float64 truth, and how a candidate's
 * error stands to it. Nothing here knows what multiple of that noise is allowed.
 */
@NullMarked
package parity.compare.noise;

import org.jspecify.annotations.NullMarked;
