/**
 * What the model hears: resampling, Whisper's log-mel, Kaldi's filterbank, and Flow's mel.
 *
 * <p>Plain signal processing with upstream's formulas and constants; nothing here reads a file or
 * runs a model.
 */
@NullMarked
package parity.cosyvoice.audio;

import org.jspecify.annotations.NullMarked;
