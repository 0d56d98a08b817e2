/**
 * Sound files in, and the three spectra that the model hears: file decoding, resampling, Whisper's
 * log-mel, Kaldi's filterbank, and the flow's mel.
 *
 * <p>Plain signal processing with upstream's formulas and constants; no model runs here.
 */
@NullMarked
package parity.cosyvoice.audio;

import org.jspecify.annotations.NullMarked;
