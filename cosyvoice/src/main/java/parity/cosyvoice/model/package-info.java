/**
 * What the parts of the model (llm, flow, hift) share: the checkpoint that they read and the sink
 * that their modules' outputs go to.
 *
 * <p>Nothing here knows of a part in particular.
 */
@NullMarked
package parity.cosyvoice.model;

import org.jspecify.annotations.NullMarked;
