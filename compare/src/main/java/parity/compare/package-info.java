/**
 * What a difference between two tensors is, and when it is lawful.
 *
 * <p>Nothing here knows of any model, file of a capture, or report.
 */
@NullMarked
package parity.compare;

import org.jspecify.annotations.NullMarked;
