/**
 * How a comparison reads tensors: as they stand or with their axes in another order, widened to
 * doubles, and one place of a pair. Nothing here compares or adds numbers.
 */
@NullMarked
package parity.compare.view;

import org.jspecify.annotations.NullMarked;
