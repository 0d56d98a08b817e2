/**
 * What a checkpoint holds for a part of the model: its tensors by the names that the PyTorch
 * modules have, checked against the configuration, and weight norm folded.
 *
 * <p>Nothing here builds a graph or reads the configuration.
 */
@NullMarked
package parity.cosyvoice.model;

import org.jspecify.annotations.NullMarked;
