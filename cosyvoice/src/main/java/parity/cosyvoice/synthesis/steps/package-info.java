/**
 * The small steps between the parts of the model, as upstream's cli/model.py takes them: the
 * schedule of chunks, the filter of silent tokens, speed, fixed noise.
 *
 * <p>Nothing here runs a part of the model.
 */
@NullMarked
package parity.cosyvoice.synthesis.steps;

import org.jspecify.annotations.NullMarked;
