/**
 * The velocity estimator of Flow, {@code DiT} of upstream's flow/DiT, as builders of an ONNX graph.
 *
 * <p>Nothing here runs a graph or knows of Euler steps.
 */
@NullMarked
package parity.cosyvoice.flow.dit;

import org.jspecify.annotations.NullMarked;
