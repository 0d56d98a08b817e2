/**
 * CosyVoice3 in Java, readable as the model's description: configuration, audio, frontend, flow and
 * vocoder in packages of their own.
 *
 * <p>Nothing here knows of captures, of comparison or of reports.
 */
@NullMarked
package parity.cosyvoice;

import org.jspecify.annotations.NullMarked;
