/**
 * What a run came to, as values.
 *
 * <p>Nothing here computes or writes.
 */
@NullMarked
package parity.harness.result;

import org.jspecify.annotations.NullMarked;
