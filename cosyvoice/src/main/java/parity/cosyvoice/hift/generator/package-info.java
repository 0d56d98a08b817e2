/**
 * The modules of the vocoder's generator as builders of an ONNX graph, stage by stage.
 *
 * <p>Nothing here runs a graph.
 */
@NullMarked
package parity.cosyvoice.hift.generator;

import org.jspecify.annotations.NullMarked;
