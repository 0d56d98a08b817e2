/** Tests of how the parts play together, against upstream's own model. */
@NullMarked
package parity.cosyvoice.synthesis;

import org.jspecify.annotations.NullMarked;
