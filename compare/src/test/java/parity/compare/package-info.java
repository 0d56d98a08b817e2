/** Tests of what a difference is. */
@NullMarked
package parity.compare;

import org.jspecify.annotations.NullMarked;
