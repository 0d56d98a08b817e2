/**
 * Sound files: WAV and FLAC in, WAV and FLAC out.
 *
 * <p>Nothing here makes a spectrum.
 */
@NullMarked
package parity.cosyvoice.audio.file;

import org.jspecify.annotations.NullMarked;
