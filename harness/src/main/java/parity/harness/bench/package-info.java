/**
 * How long parts of the model take, measured and printed.
 *
 * <p>Nothing here compares numbers with the reference's.
 */
@NullMarked
package parity.harness.bench;

import org.jspecify.annotations.NullMarked;
