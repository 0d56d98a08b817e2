/**
 * The vocoder of CosyVoice3, {@code CausalHiFTGenerator}: fundamental frequency, source signal, and
 * the network that turns a mel spectrogram and the source into a waveform.
 *
 * <p>Nothing here knows of where the mel comes from or of who looks at the modules' outputs.
 */
@NullMarked
package parity.cosyvoice.hift;

import org.jspecify.annotations.NullMarked;
