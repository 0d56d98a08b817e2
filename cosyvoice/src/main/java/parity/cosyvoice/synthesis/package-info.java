/**
 * How the parts of the model play together to speak: upstream's {@code cli/model.py}.
 *
 * <p>Nothing here computes what a part computes.
 */
@NullMarked
package parity.cosyvoice.synthesis;

import org.jspecify.annotations.NullMarked;
