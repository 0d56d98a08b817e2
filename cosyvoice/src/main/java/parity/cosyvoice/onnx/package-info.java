/**
 * ONNX graphs written in Java and run by ONNX Runtime: values, nodes, weights that stay in their
 * checkpoint file, sessions.
 *
 * <p>Nothing here knows of CosyVoice3: modules of the model build on this, never the other way.
 */
@NullMarked
package parity.cosyvoice.onnx;

import org.jspecify.annotations.NullMarked;
