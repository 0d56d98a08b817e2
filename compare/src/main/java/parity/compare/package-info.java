/**
 * What a difference between two tensors is, and when it is lawful: metrics for readers, the noise
 * floor and its limits for the verdict, and the bookkeeping of a whole set of tensors.
 *
 * <p>Nothing here knows of any model, file of a capture, or report.
 */
@NullMarked
package parity.compare;

import org.jspecify.annotations.NullMarked;
