/**
 * The engine that looks at pairs of tensors in blocks, on any number of threads with bounded
 * memory, and the figures that it finds. Nothing here knows a limit, or whether a difference is
 * within one.
 */
@NullMarked
package parity.compare.scan;

import org.jspecify.annotations.NullMarked;
