/**
 * PyTorch's layers as builders of ONNX nodes: each takes the path by which the checkpoint knows its
 * weights and taps its output under that path.
 *
 * <p>What is one model's own stays in that model's package; what runs a graph is in {@code onnx}.
 */
@NullMarked
package parity.cosyvoice.nn;

import org.jspecify.annotations.NullMarked;
