/**
 * PyTorch's checkpoints: the archive, the tree of values in it, and its tensors in place.
 *
 * <p>Nothing here knows how a pickle is coded, or which model a checkpoint is of.
 */
@NullMarked
package parity.tensors.checkpoint;

import org.jspecify.annotations.NullMarked;
