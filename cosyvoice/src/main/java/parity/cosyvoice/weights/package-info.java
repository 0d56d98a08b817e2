/**
 * What a checkpoint holds for a part of the model: its tensors by the names of the PyTorch modules,
 * checked against the configuration, with weight norm folded.
 *
 * <p>Nothing here builds a graph or reads the configuration.
 */
@NullMarked
package parity.cosyvoice.weights;

import org.jspecify.annotations.NullMarked;
