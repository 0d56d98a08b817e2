/**
 * From a prompt recording to what the language model and the flow are conditioned on: speech
 * tokens, speaker embedding and mel.
 *
 * <p>Upstream's {@code cosyvoice/cli/frontend.py}, as far as it is about sound; text is elsewhere.
 */
@NullMarked
package parity.cosyvoice.frontend;

import org.jspecify.annotations.NullMarked;
